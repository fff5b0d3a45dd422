"""Every check of `make check` reports a violation planted for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rules

from sapwood.core import catalogues, quality


def run(
    command: list[str], *, cwd: Path = rules.ROOT, said: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command as `make check` has it, on other input."""
    return subprocess.run(
        command, cwd=cwd, input=said, capture_output=True, text=True, check=False,
        env=os.environ | environment,
    )  # fmt: skip


def test_every_check_is_planted_here() -> None:
    assert set(quality.CHECKS) == {
        "types", "ruff", "format", "templates", "imports", "migrations", "translations", "bandit",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("from django.db.models.signals import post_save\n", "TID251"),
        ("from django.dispatch import receiver\n", "TID251"),
        ("from django.utils.safestring import mark_safe\n", "TID251"),
        ("from markupsafe import Markup\n", "TID251"),
        ("print(1)\n", "T201"),
    ],
)
def test_ruff_refuses(source: str, code: str) -> None:
    command = [*quality.CHECKS["ruff"][:2], "--stdin-filename", "sapwood/people/planted.py", "-"]
    done = run(command, said=f'"""Planted."""\n\n{source}')
    assert done.returncode == 1
    assert code in done.stdout


def test_ruff_wants_the_format() -> None:
    command = [*quality.CHECKS["format"][:4], "--stdin-filename", "sapwood/people/planted.py", "-"]
    assert run(command, said="x = {  'a':1}\n").returncode == 1


def test_templates_want_their_format(tmp_path: Path) -> None:
    (tmp_path / "planted.html").write_text("<div><p>one</p>\n<p   class='x'>two</p></div>")
    assert run([*quality.DJANGOFMT, "--check", str(tmp_path)]).returncode == 1


def test_types_are_strict(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("def double(number):\n    return number * 2\n")
    done = run([quality.CHECKS["types"][0], "--no-error-summary", str(planted)])
    assert done.returncode == 1
    assert "no-untyped-def" in done.stdout


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("people/planted.py", "import sapwood.home\n"),
        ("core/planted.py", "def later():\n    import sapwood.people\n"),
        ("kinds/stretch/planted.py", "import sapwood.kinds.resource\n"),
    ],
)
def test_imports_go_downwards(tmp_path: Path, path: str, source: str) -> None:
    for app in ("core", "people", "home", "kinds", "kinds/resource", "kinds/stretch"):
        (tmp_path / "sapwood" / app).mkdir(parents=True)
        (tmp_path / "sapwood" / app / "__init__.py").touch()
    (tmp_path / "sapwood" / "__init__.py").touch()
    (tmp_path / "sapwood" / "urls.py").touch()
    shutil.copy(rules.ROOT / "pyproject.toml", tmp_path)
    assert run(quality.CHECKS["imports"], cwd=tmp_path).returncode == 0
    (tmp_path / "sapwood" / path).write_text(source)
    done = run(quality.CHECKS["imports"], cwd=tmp_path)
    assert done.returncode == 1
    assert "planted" in done.stdout


def test_a_missing_migration_is_seen(tmp_path: Path) -> None:
    app = tmp_path / "planted"
    (app / "migrations").mkdir(parents=True)
    for folder in (app, app / "migrations"):
        (folder / "__init__.py").touch()
    (app / "models.py").write_text(
        "from django.db import models\n\n\n"
        "class Planted(models.Model):\n    name = models.TextField()\n"
    )
    (tmp_path / "planted_settings.py").write_text(
        'from sapwood.settings import *\n\nINSTALLED_APPS = [*INSTALLED_APPS, "planted"]\n'
    )
    done = run(
        quality.CHECKS["migrations"],
        DJANGO_SETTINGS_MODULE="planted_settings",
        PYTHONPATH=f"{tmp_path}{os.pathsep}{rules.ROOT}",
    )
    assert done.returncode == 1
    assert "planted" in done.stdout


def test_missing_translations_are_seen(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text('_("Kept")\n_("New")\n_("Unsure")\n_("Empty")\n')
    file = catalogues.po_file(tmp_path, "pt")
    file.parent.mkdir(parents=True)
    file.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Kept"\nmsgstr "Guardado"\n\nmsgid "Gone"\nmsgstr "Fora"\n\n'
        '#, fuzzy\nmsgid "Unsure"\nmsgstr "Talvez"\n\nmsgid "Empty"\nmsgstr ""\n'
    )
    found = "\n".join(catalogues.problems(tmp_path, "pt"))
    assert "not extracted yet: 'New'" in found
    assert "no longer said: 'Gone'" in found
    assert "not translated: 'Unsure'" in found
    assert "not translated: 'Empty'" in found
    assert "Kept" not in found


def test_bandit_sees_a_hole(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(
        "import subprocess\nsubprocess.run('ls', shell=True)\neval('1')\n"
    )
    command = [*quality.CHECKS["bandit"][:-1], str(tmp_path)]
    assert run(command).returncode == 1


def test_a_check_that_fails_fails_the_whole(tmp_path: Path) -> None:
    probe = (
        "import sys; from sapwood.core import quality; quality.CHECKS.clear();"
        "quality.CHECKS.update(good=['true'], bad=['false']); sys.exit(quality.main())"
    )
    done = run([sys.executable, "-c", probe])
    assert done.returncode == 1
    assert "fine   good" in done.stdout
    assert "WRONG  bad" in done.stdout
