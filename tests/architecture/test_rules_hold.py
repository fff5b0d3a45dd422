"""The house's own rules hold in every file; each is seen to fail on a planted violation."""

import statistics
from pathlib import Path

import pytest
import rules

TEMPLATES = [path for path in rules.files(".html", ".txt") if "templates" in path.parts]
PYTHON = rules.files(".py")
WITHOUT_TESTS = [path for path in PYTHON if "tests" not in path.parts]
SLUGS = {p.parent.name for p in rules.PACKAGE.glob("kinds/*/kind.py")}
# `demo` makes things of a kind, as a person would in the form of that kind, so it may name kinds.
ABOVE_KINDS = ("home", "studio", "insight", "lrs")


def name(path: Path) -> str:
    return str(path.relative_to(rules.ROOT))


def test_keys_name_models_by_class() -> None:
    found = {name(path): rules.string_keys(path.read_text()) for path in WITHOUT_TESTS}
    assert {path: keys for path, keys in found.items() if keys} == {}


@pytest.mark.parametrize(
    "source",
    [
        'models.ForeignKey("people.Person", models.CASCADE)',
        'models.OneToOneField(to="ledger.Moment", on_delete=models.CASCADE)',
        'models.ManyToManyField(Unit, through="people.Membership")',
    ],
)
def test_a_string_key_is_seen(source: str) -> None:
    assert rules.string_keys(source)


def test_templates_use_their_own_and_the_shared_ones() -> None:
    found = {name(path): rules.template_leaks(path) for path in TEMPLATES}
    assert {path: leaks for path, leaks in found.items() if leaks} == {}


def test_a_borrowed_template_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "templates" / "home"
    folder.mkdir(parents=True)
    page = folder / "today.html"
    (folder / "_card.html").touch()
    page.write_text(
        '{% extends "core/page.html" %}{% import "ui/parts.html" as ui with context %}'
        '{% include "home/_card.html" %}{% include "ledger/moments/_row.html" %}'
    )
    assert rules.template_leaks(page, tmp_path) == ["ledger/moments/_row.html"]


def test_nothing_above_names_one_kind() -> None:
    found = {}
    for path in [*WITHOUT_TESTS, *TEMPLATES]:
        if rules.app_of(path, rules.PACKAGE) in ABOVE_KINDS:
            is_template = path.suffix != ".py"
            found[name(path)] = rules.kinds_named(path.read_text(), SLUGS, is_template=is_template)
    assert {path: kinds for path, kinds in found.items() if kinds} == {}


def test_a_named_kind_is_seen() -> None:
    slugs = {"resource", "stretch"}
    assert rules.kinds_named("from sapwood.kinds.resource import models", slugs) == ["resource"]
    assert rules.kinds_named('if activity.kind == "stretch": pass', slugs) == ["stretch"]
    assert rules.kinds_named('Activity.objects.filter(kind="stretch")', slugs) == ["stretch"]
    assert rules.kinds_named("{% if a.kind == 'resource' %}", slugs, is_template=True)
    assert rules.kinds_named('{% include "kinds/stretch/x.html" %}', slugs, is_template=True)
    assert rules.kinds_named("x = resource.kind", slugs) == []


def test_templates_obey_the_content_security_policy() -> None:
    pages = [path for path in TEMPLATES if rules.is_for_browsers(path)]
    found = {name(path): rules.against_the_browser_rules(path.read_text()) for path in pages}
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('<p style="color: red">', "style attribute"),
        ('<p class="{{ a > b }}" style="--n: {{ n }}">', "style attribute"),
        ("<style>p {}</style>", "style element"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="module">go()</script>', "inline script"),
        ('<button onclick="go()">', "event handler"),
        ('<button hx-on:click="go()">', "hx-on"),
        ('<a href="javascript:go()">', "javascript: address"),
    ],
)
def test_what_the_policy_blocks_is_seen(source: str, what: str) -> None:
    assert what in rules.against_the_browser_rules(source)


def test_harmless_markup_passes() -> None:
    source = (
        '<script src="{{ asset("app.js") }}" type="module"></script><p class="on">{% if a < b %}x'
        '{% endif %}<script type="application/json">{}</script><option value="one" data-on="x">'
    )
    assert rules.against_the_browser_rules(source) == []


def test_templates_call_nothing_safe() -> None:
    pages = [path for path in TEMPLATES if path.suffix == ".html"]
    assert [name(path) for path in pages if rules.called_safe(path.read_text())] == []
    assert rules.called_safe("{{ text | safe }}")
    assert rules.called_safe("{% autoescape false %}")


def test_files_stay_small() -> None:
    ours = [
        *PYTHON,
        *rules.files(".html", ".css", ".js"),
        *rules.files(".py", under=rules.ROOT / "tests"),
    ]
    assert rules.too_long(ours) == []
    sizes = sorted(len(path.read_text().splitlines()) for path in WITHOUT_TESTS)
    pages = sorted(len(path.read_text().splitlines()) for path in TEMPLATES)
    print(f"modules: median {statistics.median(sizes)} lines (aim 60), longest {sizes[-1]}")
    assert sizes[int(len(sizes) * 0.9)] <= 250
    assert pages[int(len(pages) * 0.9)] <= 100


def test_a_long_file_is_seen(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("x = 1\n" * 401)
    assert rules.too_long([long]) == ["long.py: 401 lines"]


def test_jobs_carry_ids_only() -> None:
    tasks = [path for path in WITHOUT_TESTS if path.name == "tasks.py"]
    found = {name(path): rules.job_parameters(path.read_text()) for path in tasks}
    assert {path: words for path, words in found.items() if words} == {}
    planted = "@job()\ndef send(person_id: int, text: str) -> None: ..."
    assert rules.job_parameters(planted) == ["send(text)"]


def test_every_module_says_what_it_is() -> None:
    import ast

    silent = [
        name(path)
        for path in WITHOUT_TESTS
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_every_template_compiles() -> None:
    from django.template import engines

    environment = engines["jinja2"].env
    for path in environment.list_templates(extensions=["html", "txt"]):
        environment.get_template(path)
