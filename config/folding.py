"""Templates whose unchanging parts are drawn when they are compiled, once per language.

Half of a page's template calls say the same thing every time: `_("Sign out")`, `icon("search")`. They are worked out
while the template is compiled, and become plain text. So a template is compiled per language, at its first use.
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from django.utils.translation import get_language
from jinja2 import Environment, Template, TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

# Functions of constants: what they return depends on their arguments and on the reader's language alone.
Pure = Mapping[str, Callable[..., Markup | str]]


class FoldingEnvironment(Environment):
    """An environment that calls its `pure` functions at compile time wherever all their arguments are constants."""

    pure: Pure = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._compiled: dict[tuple[str | None, str], Template] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        _refuse_shadows(template, self.pure, name)
        return _Folder(self.pure).visit(template)  # type: ignore[no-any-return]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template may call, as a plain dictionary: Jinja's layered one costs more than it saves here."""
        return {**self.globals, **(d or {})}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        """Load as Jinja does, with a cache that tells languages apart."""
        if self.loader is None:
            raise TypeError("no loader for this environment specified")
        key = (get_language(), name)
        template = self._compiled.get(key)
        if template is None or (self.auto_reload and not template.is_up_to_date):
            template = self._compiled[key] = self.loader.load(self, name, self.make_globals(globals))
        elif globals:
            template.globals.update(globals)
        return template


def _refuse_shadows(template: nodes.Template, pure: Pure, name: str | None) -> None:
    """A variable that bears a pure function's name would be called in its place: refuse it while compiling."""
    for found in template.find_all(nodes.Name):
        if found.ctx != "load" and found.name in pure:
            raise TemplateAssertionError(f"'{found.name}' is the name of a function", found.lineno, name)


class _Folder(NodeTransformer):
    """Replaces calls of pure functions with constants by what they return."""

    def __init__(self, pure: Pure) -> None:
        self.pure = pure

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        self.generic_visit(node, *args, **kwargs)
        call = node.node
        if not isinstance(call, nodes.Name) or call.name not in self.pure:
            return node
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        try:
            given = [value.as_const() for value in node.args]
            named = {pair.key: pair.value.as_const() for pair in node.kwargs}
        except nodes.Impossible:
            return node
        value = self.pure[call.name](*given, **named)
        return nodes.Const(value, lineno=node.lineno, environment=node.environment)
