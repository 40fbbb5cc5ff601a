"""The page on which several threads are chosen."""

from typing import Any

import pytest

from community.spaces.models import Space, SpaceMembership
from community.threads.models import Thread
from tests.community.threads.conftest import fresh

PATH = "/threads/choose/"


@pytest.fixture
def threads(alice: Any, space: Any, make_thread: Any) -> list[Thread]:
    return [make_thread(alice, space, title=f"How do I dry tent number {n}?") for n in range(3)]


@pytest.fixture
def keeper(make_member: Any, space: Any) -> Any:
    member = make_member("keeper")
    SpaceMembership.objects.create(space=space, member=member, is_moderator=True)
    return member


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_way_there_is_shown_to_those_who_may(
    mod: Any, bob: Any, keeper: Any, threads: list[Thread], sign_in: Any
) -> None:
    for path in ("/", "/?view=latest", "/s/help/"):
        assert PATH in text(sign_in(mod).get(path)), path
        assert PATH not in text(sign_in(bob).get(path)), path
        assert PATH not in text(sign_in(None).get(path)), path
    assert f"{PATH}?space=help" in text(sign_in(keeper).get("/s/help/"))
    assert PATH not in text(sign_in(keeper).get("/?view=latest"))


def test_others_find_no_such_page(
    bob: Any, keeper: Any, mod: Any, threads: list[Thread], sign_in: Any, private_space: Any
) -> None:
    assert sign_in(bob).get(PATH).status_code == 403
    assert sign_in(bob).get(f"{PATH}?space=help").status_code == 403
    assert sign_in(keeper).get(PATH).status_code == 403
    assert sign_in(keeper).get(f"{PATH}?space=help").status_code == 200
    assert sign_in(keeper).get(f"{PATH}?space={private_space.slug}").status_code == 404
    assert sign_in(None).get(PATH).status_code == 302


def test_the_chosen_are_closed_and_opened_again_by_one_press(
    mod: Any, threads: list[Thread], sign_in: Any
) -> None:
    client = sign_in(mod)
    chosen = [thread.pk for thread in threads[:2]]

    answer = client.post(f"{PATH}?space=help", {"thread": chosen, "act": "close"})

    assert answer.status_code == 303
    page = text(client.get(answer["Location"]))
    assert "Done with 2 threads." in page
    assert [fresh(thread).is_locked for thread in threads] == [True, True, False]
    token = page.split('name="undo" value="')[1].partition('"')[0]
    back = client.post(f"{PATH}?space=help", {"undo": token})
    assert "Taken back for 2 threads." in text(client.get(back["Location"]))
    assert not any(fresh(thread).is_locked for thread in threads)


def test_who_may_not_is_told_by_name_which_and_why(
    keeper: Any, alice: Any, threads: list[Thread], make_thread: Any, sign_in: Any
) -> None:
    foreign = make_thread(
        alice, Space.objects.create(slug="stoves", name="Stoves", position=7), title="My stove hums"
    )
    client = sign_in(keeper)

    answer = client.post(f"{PATH}?space=help", {"thread": [foreign.pk, threads[0].pk], "act": "archive"})

    page = text(client.get(answer["Location"]))
    assert "Not done: “My stove hums”. Only the moderators of this space can do that." in page
    assert "Done with 1 thread." in page
    assert fresh(foreign).state == "visible"


def test_a_missing_reason_shows_the_page_again_with_what_was_chosen(
    mod: Any, threads: list[Thread], sign_in: Any
) -> None:
    answer = sign_in(mod).post(PATH, {"thread": [threads[0].pk], "act": "remove", "reason": ""})

    assert answer.status_code == 422
    page = text(answer)
    assert "Say why: the author is told." in page
    assert f'value="{threads[0].pk}" checked' in page
    assert fresh(threads[0]).state == "visible"


def test_hidden_threads_of_a_closed_space_are_not_reached(
    keeper: Any, carol: Any, private_space: Any, make_thread: Any, sign_in: Any
) -> None:
    SpaceMembership.objects.create(space=private_space, member=carol)
    secret = make_thread(carol, private_space)

    answer = sign_in(keeper).post(f"{PATH}?space=help", {"thread": [secret.pk], "act": "close"})

    assert answer.status_code == 422
    assert secret.title not in text(answer)
    assert not fresh(secret).is_locked


def test_a_forged_undo_is_refused(mod: Any, threads: list[Thread], sign_in: Any) -> None:
    assert sign_in(mod).post(PATH, {"undo": "made:up"}).status_code == 409
    assert 'name="undo"' not in text(sign_in(mod).get(f"{PATH}?undo=made:up"))


def test_the_list_goes_on_and_costs_the_same_for_more(
    mod: Any, alice: Any, space: Any, make_thread: Any, sign_in: Any, counted: Any
) -> None:
    client = sign_in(mod)
    make_thread(alice, space)
    client.get(PATH)
    with counted() as one:
        client.get(PATH)
    for n in range(24):
        make_thread(alice, space, title=f"What about pole number {n}?")
    with counted() as many:
        page = text(client.get(PATH))

    assert len(many()) == len(one())
    assert "after=" in page
