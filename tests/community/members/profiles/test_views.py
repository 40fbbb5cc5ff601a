"""Profiles, cards and follows as pages."""

from typing import Any

import pytest

from community.members.actions import edit_profile
from community.members.fields.actions import answer_fields, save_field
from community.members.models import Ignore, Member

pytestmark = pytest.mark.django_db


def test_a_hidden_profile_shows_name_and_picture_alone(sign_in: Any, alice: Any, bob: Any, mod: Any) -> None:
    changes = {"bio_md": "Winter camper.", "location": "Oslo", "hides_profile": True}
    edit_profile(actor=alice, member=alice, changes=changes)

    for viewer in (None, bob):
        for path in ("/@alice/", "/@alice/card/"):
            text = sign_in(viewer).get(path).content.decode()
            assert "Alice Arden" in text
            assert "keeps the rest to themselves" in text
            assert "Winter camper" not in text
            assert "Oslo" not in text
    for viewer in (alice, mod):
        assert "Winter camper" in sign_in(viewer).get("/@alice/").content.decode()


def test_the_card_is_a_page_and_a_fragment_of_it(sign_in: Any, alice: Any, bob: Any, manager: Any) -> None:
    for key, on_card in (("tent", True), ("shoe", False)):
        save_field(
            actor=manager, changes={"key": key, "name": key.title(), "on_card": on_card, "seen_by": "public"}
        )
    answer_fields(actor=alice, member=alice, answers={"tent": "Nordwand", "shoe": "Large"})
    client = sign_in(bob)

    whole, part = client.get("/@alice/card/"), client.get("/@alice/card/", headers={"HX-Request": "true"})

    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    for answer in (whole, part):
        assert "Nordwand" in answer.content.decode()
        assert "Large" not in answer.content.decode()
    assert "max-age" in part["Cache-Control"]


def test_a_member_ignores_another_and_reads_them_again(sign_in: Any, alice: Any, bob: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(trust_level=2)
    client = sign_in(alice)
    assert "For 30 days" in client.get("/@bob/").content.decode()

    client.post("/@bob/ignore/", {"for": "30"})
    assert Ignore.objects.get().until is not None
    assert "Read again" in client.get("/@bob/").content.decode()
    assert "People you ignore" in client.get("/me/settings/privacy/").content.decode()
    for period in ("x", "9", "-1"):
        assert client.post("/@bob/ignore/", {"for": period}).status_code == 422
    client.post("/@bob/ignore/", {"for": ""})
    assert not Ignore.objects.exists()
