"""Translation catalogues, one an app: extracts, updates and compiles them with Babel.

`python -m sapwood.core.catalogues [APP …]` updates; `--compile` only compiles what changed;
`--check` names what is missing, without writing anything.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sapwood.core.environment import PACKAGE

TRANSLATED = ("pt",)
METHODS = [("**/tests/**", "ignore"), ("**.py", "python"), ("**/templates/**", "jinja2")]
OPTIONS = {
    "**/templates/**": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trimmed": "true",
        "silent": "false",
        "newstyle_gettext": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
    }
}
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "N_": None,
}  # fmt: skip


def apps() -> dict[str, Path]:
    """Folders that hold an app, by name (`resource` for kinds/resource)."""
    found = {}
    for marker in [*PACKAGE.glob("*/apps.py"), *PACKAGE.glob("kinds/*/apps.py")]:
        found[marker.parent.name] = marker.parent
    return dict(sorted(found.items()))


def extract(folder: Path) -> Catalog:
    """Every message of one app, without line numbers, so that diffs show words only."""
    catalogue = Catalog(charset="utf-8", project="Sapwood")
    for name, _line, message, comments, context in extract_from_dir(
        folder, METHODS, OPTIONS, KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
    ):
        catalogue.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalogue


def po_file(folder: Path, language: str) -> Path:
    """Where an app keeps its catalogue."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The stored catalogue, or a new empty one."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", project="Sapwood")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(folder: Path, language: str) -> Catalog:
    """Merges what the code says now into the stored catalogue; new messages have empty texts."""
    stored = read(po_file(folder, language), language)
    stored.update(extract(folder), no_fuzzy_matching=True, update_header_comment=False)
    stored.obsolete.clear()
    return stored


def dump(catalogue: Catalog) -> bytes:
    """The catalogue as .po text: sorted, file names without lines, no dates."""
    catalogue.fuzzy = False
    buffer = BytesIO()
    write_po(
        buffer, catalogue, omit_header=False, sort_output=True, include_lineno=False, width=100
    )
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By",
             "Report-Msgid", "Language-Team")  # fmt: skip
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{d}' for d in dated))
    ).encode()


def compile_catalogues() -> None:
    """Writes .mo beside each .po that is newer."""
    for folder in apps().values():
        for language in TRANSLATED:
            source = po_file(folder, language)
            target = source.with_suffix(".mo")
            if source.exists() and (
                not target.exists() or target.stat().st_mtime < source.stat().st_mtime
            ):
                with target.open("wb") as file:
                    write_mo(file, read(source, language))


def problems(folder: Path, language: str) -> list[str]:
    """What keeps the catalogue of one app from being complete: each as one line."""
    stored = {message.id: message for message in read(po_file(folder, language), language)}
    spoken = {message.id for message in extract(folder)}
    at = f"{folder.name} {language}"
    found = [f"{at}: not extracted yet: {identity!r}" for identity in spoken - set(stored)]
    for identity, message in stored.items():
        if identity and identity not in spoken:
            found.append(f"{at}: no longer said: {identity!r}")
        elif identity and (message.fuzzy or not all(_texts(message.string))):
            found.append(f"{at}: not translated: {identity!r}")
    return found


def started() -> list[str]:
    """Languages with a catalogue in any app, also before they are offered."""
    return sorted({path.name for app in apps().values() for path in app.glob("locale/*")})


def counts(folder: Path, language: str) -> tuple[int, int]:
    """(texts, translated ones) of one app; what is marked fuzzy is not translated."""
    messages = [message for message in read(po_file(folder, language), language) if message.id]
    return len(messages), sum(not m.fuzzy and all(_texts(m.string)) for m in messages)


def main(arguments: list[str]) -> None:
    """Command line, see the module's first lines."""
    if "--check" in arguments:
        found = [p for folder in apps().values() for t in TRANSLATED for p in problems(folder, t)]
        sys.exit("\n".join(found) or 0)
    if "--compile" not in arguments:
        chosen = apps() if not arguments else {name: apps()[name] for name in arguments}
        for name, folder in chosen.items():
            for language in TRANSLATED:
                catalogue = update(folder, language)
                if not len(catalogue):
                    continue
                path = po_file(folder, language)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(dump(catalogue))
                missing = sum(1 for m in catalogue if m.id and not all(_texts(m.string)))
                print(f"{name} {language}: {len(catalogue)} messages, {missing} missing")  # noqa: T201
    compile_catalogues()


def _texts(string: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


if __name__ == "__main__":
    main(sys.argv[1:])
