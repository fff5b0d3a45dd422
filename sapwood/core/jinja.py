"""The template engine: Jinja2, strict, with the few globals and filters every page shares."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.template.backends.jinja2 import Jinja2
from django.utils.functional import cached_property
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined
from jinja2.ext import Extension

from sapwood.core import formats
from sapwood.core.assets import asset
from sapwood.core.icons import icon
from sapwood.core.markup import rich
from sapwood.core.template_globals import gettext, ngettext, pgettext, url


class SapwoodJinja(Jinja2):
    """Looks for templates in the `templates` folders of our own apps only."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "APP_DIRS": False, "DIRS": []})

    @cached_property
    def template_dirs(self) -> tuple[str, ...]:
        """Folders in the order of INSTALLED_APPS."""
        return tuple(
            str(Path(config.path) / "templates")
            for config in apps.get_app_configs()
            if config.name.startswith("sapwood.")
        )


class Unindented(Extension):
    """Drops the indentation of pages, so that they carry words and not spaces."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source as Jinja2 reads it; line numbers stay."""
        return re.sub(r"\n[ \t]+", "\n", source) if (name or "").endswith(".html") else source


EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do", Unindented]


def compiled() -> FileSystemBytecodeCache:
    """Templates compiled by an earlier start, kept beside the data until this file changes."""
    ours = sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    folder = Path(settings.DATA_DIR) / f"templates-{ours}"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    """Strict undefined, autoescape always, gettext with named placeholders."""
    options |= {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True}
    options |= {"lstrip_blocks": True, "extensions": EXTENSIONS, "bytecode_cache": compiled()}
    env = Environment(**options)  # noqa: S701  # nosec B701 - it is in the options
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals |= {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}
    env.globals |= {"url": url, "asset": asset, "icon": icon}
    env.filters |= formats.FILTERS | {"rich": rich}
    # The parts are a global: a fragment rendered alone has no imports of its page.
    env.globals["ui"] = env.get_template("ui/parts.html").module
    return env
