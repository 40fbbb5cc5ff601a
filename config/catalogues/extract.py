"""Finds every translatable sentence: in Python, in Jinja2 templates and in Django's own."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize
from jinja2 import Environment
from jinja2.ext import extract_from_ast

APPS = ("config", "community", "rewards", "engagement")
TRANSLATION = "django.utils.translation"
# Where the words stand among the arguments: the context, the sentence, its plural.
PLACES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing the product says, and the file that says it."""

    one: str
    many: str | None
    context: str | None
    file: str


class Unextractable(Exception):
    """A sentence is put together where it is said, so no catalogue can know it."""


def sentences(root: Path) -> Iterator[Sentence]:
    """Find everything the product says, in a steady order."""
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from from_python(path.read_text(), path.relative_to(root).as_posix())
    for path in sorted((root / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt", ".xml"):
            file = path.relative_to(root).as_posix()
            read = from_django if file.startswith("templates/django/") else from_jinja
            yield from read(path.read_text(), file)


def from_python(source: str, file: str) -> Iterator[Sentence]:
    """Find the sentences of a module, whatever names it imported gettext under."""
    tree = ast.parse(source)
    spoken = dict(_imported(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = _called(node.func, spoken)
        if function is None:
            continue
        context, one, many = (_words(node, place, file) for place in PLACES[function])
        if one is not None:
            yield Sentence(one, many, context, file)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            for name in node.names:
                if name.name in PLACES:
                    yield name.asname or name.name, name.name


def _called(function: ast.expr, spoken: dict[str, str]) -> str | None:
    if isinstance(function, ast.Name):
        return spoken.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        # `translation.gettext(…)`
        return function.attr if function.value.id == "translation" and function.attr in PLACES else None
    return None


def _words(call: ast.Call, place: int | None, file: str) -> str | None:
    """Return the constant at a place. A variable says what was marked elsewhere; a composition is a mistake."""
    if place is None or place >= len(call.args):
        return None
    given = call.args[place]
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    if isinstance(given, ast.JoinedStr | ast.BinOp):
        raise Unextractable(
            f"{file}:{given.lineno} puts a sentence together before it is translated: "
            "translate one constant sentence and fill its %(names)s afterwards."
        )
    return None


def from_jinja(source: str, file: str) -> Iterator[Sentence]:
    """Find the sentences of a member-facing template."""
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(source)  # noqa: S701 - only read
    for _line, function, said in extract_from_ast(tree):
        words = (said,) if isinstance(said, str) or said is None else said
        yield from _from_call(function, words, file)


def from_django(source: str, file: str) -> Iterator[Sentence]:
    """Find the sentences of a template in Django's language: allauth's pages and the admin's."""
    # What stands around the sentences is blanked out, but its indentation would still be read as Python's.
    plain = BytesIO("\n".join(line.lstrip() for line in templatize(source).splitlines()).encode())
    keywords = {name: _babel_places(name) for name in PLACES} | {"_": None}
    for _line, said, _comments, context in extract("python", plain, keywords, options={"encoding": "utf-8"}):
        words = (said,) if isinstance(said, str) else said
        yield Sentence(words[0], words[1] if len(words) > 1 else None, context, file)


def _babel_places(function: str) -> tuple[int | tuple[int, str], ...] | None:
    context, one, many = PLACES[function]
    places: list[int | tuple[int, str]] = [] if context is None else [(context + 1, "c")]
    return (*places, one + 1, *(() if many is None else (many + 1,)))


def _from_call(function: str, words: Iterable[str | None], file: str) -> Iterator[Sentence]:
    context_at, one_at, many_at = PLACES["gettext" if function == "_" else function]
    said = [*words, None, None]
    one = said[one_at]
    if one is not None:
        many = said[many_at] if many_at is not None else None
        yield Sentence(one, many, said[context_at] if context_at is not None else None, file)
