"""The house as it stands: its modules, parsed once, and what they import."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = ("community", "rewards", "engagement", "config")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of the product."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        """Its path from the root, as people say it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        """Folders and file, without the ending: `("community", "threads", "actions", "replies")`."""
        return self.path.relative_to(ROOT).with_suffix("").parts

    def is_room(self, *rooms: str) -> bool:
        """Whether it is one of these rooms of a feature, or lies in one that became a folder."""
        return any(part in rooms for part in self.parts[2:])

    def functions(self) -> Iterator[Function]:
        """Every function and method in it, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public_functions(self) -> Iterator[Function]:
        """The functions at its top level whose names do not begin with an underscore."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield node

    def imports(self) -> Iterator[tuple[str, int]]:
        """Every module it imports, and the line: `from a.b import c` counts as `a.b` and as `a.b.c`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module, node.lineno
                for alias in node.names:
                    yield f"{node.module}.{alias.name}", node.lineno

    def imports_any(self, *names: str) -> list[str]:
        """`path:line imports name` for each import of one of these modules or of something in them."""
        return [
            f"{self.name}:{line} imports {found}"
            for found, line in self.imports()
            if any(found == name or found.startswith(f"{name}.") for name in names)
        ]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product, migrations apart."""
    found = []
    for family in FAMILIES:
        for path in sorted((ROOT / family).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                text = path.read_text(encoding="utf-8")
                found.append(Module(path, ast.parse(text, str(path)), text.count("\n")))
    return tuple(found)


@cache
def files_of_tests() -> tuple[Path, ...]:
    """Every file of tests."""
    return tuple(sorted((ROOT / "tests").rglob("*.py")))


def length_of(function: Function) -> int:
    """Lines from `def` to the end; decorators and the docstring are not held against it."""
    docstring = ast.get_docstring(function, clean=False)
    said = docstring.count("\n") + 1 if docstring is not None else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - said


def percentile(values: list[int], share: float) -> int:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
