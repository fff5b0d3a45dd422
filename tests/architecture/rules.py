"""The rules of the house that no linter knows, each a function from text or files to findings."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "sapwood"
GENERATED = {"migrations", "static", "data", "__pycache__", "node_modules"}
LONGEST = 400
FRAME = {
    f"core/{name}"
    for name in (
        "page.html", "bare.html", "offline.html", "_outbox.html", "_language.html",
        "email.html", "email.txt",
    )
}  # fmt: skip
KEYS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
# Letters and printed books are no pages: they carry their styles with them.
PRINTED = ("core/email.html", "ledger/biography/book.html")
TAGS = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
REFERENCE = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.I),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "hx-on": re.compile(r"\shx-on\b", re.I),
    "javascript: address": re.compile(r"[\"']\s*javascript:", re.I),
}


def files(*endings: str, under: Path = PACKAGE) -> list[Path]:
    """Source files written by hand, with one of the endings."""
    found = (path for path in under.rglob("*") if path.suffix in endings and path.is_file())
    return sorted(path for path in found if not GENERATED & set(path.relative_to(under).parts))


def app_of(path: Path, package: Path = PACKAGE) -> str:
    """The app that holds a file: "ledger", or "kinds/resource"."""
    first, second, *_ = (*path.relative_to(package).parts, "")
    return f"{first}/{second}" if first == "kinds" else first


def string_keys(source: str) -> list[str]:
    """Keys to another app's model named by a string: the linter cannot see them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") not in KEYS:
            continue
        to = [*node.args[:1], *(k.value for k in node.keywords if k.arg in {"to", "through"})]
        for value in to:
            if isinstance(value, ast.Constant) and "." in str(value.value):
                found.append(f"line {node.lineno}: {value.value!r}")
    return found


def template_leaks(path: Path, package: Path = PACKAGE) -> list[str]:
    """Templates of another app that this one extends, includes or imports."""
    own = package / app_of(path, package) / "templates"

    def is_ours(name: str) -> bool:
        if name in FRAME or name.startswith("ui/"):
            return True
        return any(own.glob(name if "." in name else f"{name}*"))  # "x/_" ~ part, without ending

    return [name for name in REFERENCE.findall(path.read_text()) if not is_ours(name)]


def kinds_named(source: str, slugs: set[str], *, is_template: bool = False) -> list[str]:
    """Kinds that a file above them names instead of asking the registry."""
    found = re.findall(r"sapwood\.kinds\.(\w+)|[\"']kinds/(\w+)", source)
    names = {name for pair in found for name in pair if name in slugs}
    if is_template:
        names |= (
            set(re.findall(r"kind(?:\.slug)?\s*(?:==|in)\s*\(?[\"'](\w+)[\"']", source)) & slugs
        )
        return sorted(names)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            values = [node.left, *node.comparators]
            names |= {v.value for v in values if isinstance(v, ast.Constant)} & slugs
        elif isinstance(node, ast.keyword) and node.arg in {"kind", "kind_slug"}:
            names |= {getattr(node.value, "value", "")} & slugs
    return sorted(names)


def against_the_browser_rules(source: str) -> list[str]:
    """What the content security policy would block, by name."""
    bare = TAGS.sub(lambda match: re.sub(r"[<>=]", " ", match[0]), source)
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(bare)]


def is_for_browsers(path: Path) -> bool:
    """True for templates that a browser shows as a page."""
    is_letter = "core/email.html" in REFERENCE.findall(path.read_text())
    return path.suffix == ".html" and not is_letter and not str(path).endswith(PRINTED)


def called_safe(source: str) -> bool:
    """True if a template calls something safe by itself."""
    return bool(re.search(r"\|\s*safe\b|{%-?\s*autoescape\s+false", source))


def too_long(paths: list[Path], limit: int = LONGEST) -> list[str]:
    """Files over the hard stop."""
    sizes = ((path, len(path.read_text().splitlines())) for path in paths)
    return [f"{path.name}: {size} lines" for path, size in sizes if size > limit]


def job_parameters(source: str) -> list[str]:
    """Parameters of jobs that are not ids: a queue is no place for anyone's words."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        marks = [
            getattr(mark.func, "id", "") for mark in node.decorator_list if hasattr(mark, "func")
        ]
        if "job" not in marks:
            continue
        for argument in [*node.args.args, *node.args.kwonlyargs]:
            if not re.search(r"(^|_)(pk|id|uid|key)s?$", argument.arg):
                found.append(f"{node.name}({argument.arg})")
    return found
