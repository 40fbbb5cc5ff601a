"""Whatever a brand chooses, every pair that meets on a page is readable."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.brand.theme import PAIRS, Look, audit, palette, theme_css
from community.brand.theme.colour import from_hex, from_oklch, ratio, to_hex, to_oklch

HEX = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
LOOKS = st.builds(Look, brand=HEX, accent=HEX, tint=st.floats(0, 1))


@given(look=LOOKS, dark=st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_pair_of_any_brand_meets_its_target(look: Look, dark: bool) -> None:
    assert [reading for reading in audit(palette(look, dark=dark)) if not reading.holds] == []


@pytest.mark.parametrize(
    "brand", ["#000000", "#ffffff", "#808080", "#ffd21f", "#ff0000", "#0000ff", "#00ff00"]
)
@pytest.mark.parametrize("dark", [False, True])
def test_the_hardest_brands_meet_their_targets(brand: str, dark: bool) -> None:
    for accent in ("#000000", "#ffffff", "#ffff00", "#7f7f7f"):
        assert all(reading.holds for reading in audit(palette(Look(brand, accent, 1.0), dark=dark)))


def test_there_are_82_pairs_and_each_names_a_role() -> None:
    roles = palette(Look("#17604f", "#f2a93b"))

    assert len(PAIRS) == 82
    assert {name for pair in PAIRS for name in (pair.over, pair.ground)} <= set(roles)


def test_a_readable_brand_colour_is_kept_exactly() -> None:
    assert to_hex(palette(Look("#17604f", "#f2a93b"))["brand"]) == "#17604f"


def test_a_yellow_brand_keeps_its_yellow_button_with_dark_words() -> None:
    roles = palette(Look("#ffd21f", "#e4572e"))

    assert to_hex(roles["brand"]) == "#ffd21f"
    assert ratio(roles["on-brand"], roles["brand"]) > 10
    assert ratio(roles["brand-text"], roles["page"]) > 4.5


def test_a_grey_brand_keeps_grey_neutrals() -> None:
    page = palette(Look("#808080", "#f2a93b", tint=1.0))["sunken"]

    assert max(page) - min(page) < 0.02


@given(colour=HEX)
@settings(max_examples=200, deadline=None)
def test_a_colour_survives_the_way_to_oklch_and_back(colour: str) -> None:
    back = from_oklch(*to_oklch(from_hex(colour)))

    assert all(abs(one - other) <= 2 / 255 for one, other in zip(from_hex(colour), back, strict=True))


def test_the_stylesheet_serves_browsers_without_light_dark_first() -> None:
    css = theme_css(Look("#17604f", "#f2a93b", pattern="/static/brand/contours.svg", display='"Atkinson"'))

    before, after = css.split("@supports")
    assert "light-dark" not in before
    assert "light-dark(" in after
    assert "--brand-pattern:url(/static/brand/contours.svg)" in css
    assert '--brand-display:"Atkinson"' in css
    assert re.search(r'prefers-color-scheme:dark\)\{:root:not\(\[data-theme="light"\]\)', css)
