"""What is worked out while a template is compiled, and what must not be."""

import pytest
from django.utils.translation import get_language, override
from jinja2 import DictLoader, TemplateAssertionError
from markupsafe import Markup

from config.folding import FoldingEnvironment

PAGES = {
    "page": '{% include "part" %} {{ say("<b>", n=1) }} {{ say(word) }} {{ draw("<b>") }}',
    "part": '{{ say("part") }}',
}


class Speaker:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def say(self, word: str, n: int = 0) -> str:
        self.asked.append(word)
        return f"{get_language()}:{word}"

    def draw(self, word: str) -> Markup:
        return Markup(word)


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def env(speaker: Speaker) -> FoldingEnvironment:
    env = FoldingEnvironment(autoescape=True, loader=DictLoader(PAGES))
    env.pure = {"say": speaker.say, "draw": speaker.draw}
    env.globals.update(env.pure)
    return env


def test_what_never_changes_is_asked_for_once(env: FoldingEnvironment, speaker: Speaker) -> None:
    with override("en"):
        for word in ("one", "two"):
            page = env.get_template("page").render(word=word)
            assert page == f"en:part en:&lt;b&gt; en:{word} <b>"

    assert sorted(speaker.asked) == ["<b>", "one", "part", "two"]


def test_every_language_gets_its_own(env: FoldingEnvironment) -> None:
    for language in ("en", "de", "en"):
        with override(language):
            assert (
                env.get_template("page").render(word="x").startswith(f"{language}:part {language}:&lt;b&gt;")
            )


@pytest.mark.parametrize(
    "text", ["{% set say = 1 %}", "{% macro m(say) %}{% endmacro %}", "{% for say in () %}{% endfor %}"]
)
def test_a_variable_cannot_take_the_name_of_a_function(env: FoldingEnvironment, text: str) -> None:
    with pytest.raises(TemplateAssertionError):
        env.from_string(text)
