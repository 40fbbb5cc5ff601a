"""Random rules: every tree that the engine may meet."""

from typing import Any

from hypothesis import strategies as st

from community.spaces.models import Kind
from community.threads.models import ReactionKind
from rewards.badges.rules.sources import SOURCES
from rewards.badges.rules.tree import WINDOWED


@st.composite
def leaf(draw: Any, sources: tuple[str, ...] = tuple(SOURCES), most: int = 3) -> dict[str, Any]:
    """Return a leaf that fits: a source, a way of counting it that it has, and a few filters."""
    source = SOURCES[draw(st.sampled_from(sources))]
    how = draw(st.sampled_from(source.hows))
    found: dict[str, Any] = {
        "of": source.key,
        "how": how,
        "number": draw(st.integers(1, min(most, source.most))),
    }
    offered = {
        "kinds": st.lists(st.sampled_from(Kind.values), min_size=1, max_size=2),
        "reactions": st.lists(st.sampled_from(ReactionKind.values), min_size=1, max_size=2),
        "tags": st.just(["pegs"]),
        "since": st.sampled_from(["2020-01-01", "2040-01-01"]),
        "until": st.just("2041-01-01"),
        "within": st.integers(1, 40) if how in WINDOWED else st.just(0),
    }
    for name, values in offered.items():
        if name in source.filters and draw(st.integers(0, 3)) == 0:
            found[name] = draw(values)
    return found


def trees(sources: tuple[str, ...] = tuple(SOURCES)) -> Any:
    """Return a strategy of rules: a leaf, or groups of leaves and of groups."""
    join, one = st.sampled_from(["all", "any"]), leaf(sources)
    group = st.builds(lambda how, parts: {how: parts}, join, st.lists(one, min_size=1, max_size=2))
    whole = st.builds(lambda how, parts: {how: parts}, join, st.lists(one | group, min_size=1, max_size=3))
    return one | whole
