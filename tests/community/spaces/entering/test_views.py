"""The door of a private space in the browser and by the API."""

import pytest

from community.spaces.entering.actions import ask_to_enter
from community.spaces.models import EntryAsk, Space, SpaceMembership


@pytest.fixture
def hut(private_space):
    """A private space whose name members see."""
    Space.objects.filter(pk=private_space.pk).update(is_listed=True)
    private_space.refresh_from_db()
    return private_space


def test_the_door_offers_to_ask_and_then_says_that_one_has(client, bob, hut):
    client.force_login(bob)
    page = client.get(hut.get_absolute_url())
    assert (page.status_code, "Ask to be let in" in page.text) == (403, True)

    assert client.post(f"{hut.get_absolute_url()}ask/", {"words": " "}).status_code == 422
    assert client.post(f"{hut.get_absolute_url()}ask/", {"words": "Two tents."}).status_code == 303

    page = client.get(hut.get_absolute_url())
    assert "Two tents." in page.text
    assert "Take the request back" in page.text
    assert client.post(f"{hut.get_absolute_url()}ask/", {"on": "0"}).status_code == 303
    assert EntryAsk.objects.get().state == "withdrawn"


def test_a_secret_space_and_a_guest_find_no_door(client, bob, hut):
    assert client.get(hut.get_absolute_url()).status_code == 404
    Space.objects.filter(pk=hut.pk).update(is_listed=False)
    client.force_login(bob)

    assert client.get(hut.get_absolute_url()).status_code == 404
    assert client.post(f"{hut.get_absolute_url()}ask/", {"words": "Two tents."}).status_code == 404
    assert not EntryAsk.objects.exists()


def test_its_moderator_answers_on_a_page_of_the_space(client, bob, alice, hut):
    SpaceMembership.objects.create(space=hut, member=alice, is_moderator=True)
    ask_to_enter(actor=bob, space=hut, words="Two tents.")
    client.force_login(alice)
    assert "Two tents." in client.get(f"{hut.get_absolute_url()}asked/").text

    answer = client.post(
        f"{hut.get_absolute_url()}asked/bob/", {"accept": "1", "answer": "Welcome."}, follow=True
    )

    assert "Nobody asks to be let in" in answer.text
    assert SpaceMembership.objects.filter(space=hut, member=bob).exists()
    assert EntryAsk.objects.get().answer == "Welcome."
    assert client.post(f"{hut.get_absolute_url()}asked/bob/", {"accept": "1"}).status_code == 404
