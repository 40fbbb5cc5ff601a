"""From what was typed to what is stored."""

import pytest

from community.errors import Invalid
from community.spaces.models import SpaceMembership
from community.threads import composing


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  two\n", "two"),
        ("null\x00byte", "null\ufffdbyte"),
        ("ok", "ok"),
        ("👍🏽", "👍🏽"),
    ],
)
def test_a_body_is_tidied(typed, stored):
    assert composing.check_body(typed) == stored


@pytest.mark.parametrize("typed", ["", " ", "\u200b\u200c", "\u2060 \u00ad", ".", "\u202e\u202e\u202e"])
def test_a_body_without_ink_is_refused(typed):
    with pytest.raises(Invalid):
        composing.check_body(typed)


def test_a_length_is_measured_in_characters_not_bytes():
    assert composing.check_body("字" * 32_000)
    with pytest.raises(Invalid, match="32,001"):
        composing.check_body("字" * 32_001)


def test_who_is_named_is_resolved_without_the_writer(alice, bob, space):
    composed = composing.compose(alice, space, "Ask @Bob or @alice, not @nobody.")

    assert composed.mentioned_ids == (bob.pk,)
    assert 'href="/@bob/"' in composed.body_html
    assert "@nobody" in composed.body_html
    assert "@nobody</a>" not in composed.body_html


def test_members_who_left_are_not_named(alice, make_member, space):
    make_member("gone", is_active=False)

    assert composing.compose(alice, space, "Ask @gone.").mentioned_ids == ()


def test_in_a_private_space_only_those_inside_are_named(alice, bob, carol, private_space):
    SpaceMembership.objects.create(space=private_space, member=bob)

    assert composing.compose(alice, private_space, "Ask @bob or @carol.").mentioned_ids == (bob.pk,)


def test_links_to_this_site_and_repeats_are_not_counted(make_member, space, settings):
    newcomer = make_member("newcomer", trust_level=0)
    body = "https://example.org/1 " * 9 + f"[here]({settings.BASE_URL}/t/1/) [there](/t/2/) [and](/t/3/)"

    assert composing.compose(newcomer, space, body)
