import json
import re

import pytest

from community.members.models import Member
from community.notifications.forms import ChoicesForm
from community.notifications.models import Notice, Preference, Reach
from community.notifications.registry import Mail
from community.notifications.stops import stop_token


def unread(member):
    return Member.objects.get(pk=member.pk).unread_notices


def answers_of(member):
    form = ChoicesForm(member=member)
    return {name: form[name].initial for name in form.fields}


@pytest.fixture
def at_home(sign_in, bob):
    return sign_in(bob)


def test_the_inbox_shows_what_waits_and_says_it_in_words(at_home, tell, alice, bob):
    tell([bob], actor=alice)

    page = at_home.get("/notifications/").content.decode()

    assert "Alice Arden waved" in page
    assert "(unread)" in page
    assert "1 unread" in page
    assert "Mark all as read" in page


def test_guests_sign_in_first(client, db):
    for path in ("/notifications/", "/me/settings/notifications/", "/notifications/bell/"):
        assert client.get(path).status_code == 302


def test_reading_the_page_changes_nothing(at_home, tell, alice, bob):
    tell([bob], actor=alice)

    for path in ("/notifications/", "/notifications/bell/", "/me/settings/notifications/"):
        at_home.get(path)

    assert unread(bob) == 1
    assert Notice.objects.filter(read_at=None).count() == 1


def test_opening_marks_it_read_and_goes_there(at_home, tell, alice, bob):
    tell([bob], actor=alice)
    notice = Notice.objects.get()

    answer = at_home.post(f"/notifications/{notice.pk}/open/")

    assert (answer.status_code, answer["Location"]) == (302, "/people/")
    assert unread(bob) == 0
    at_home.post(f"/notifications/{notice.pk}/open/")
    assert unread(bob) == 0


def test_nobody_opens_another_members_notice(sign_in, tell, alice, bob, carol):
    tell([bob], actor=alice)
    notice = Notice.objects.get()

    for path in ("open", "mute"):
        assert sign_in(carol).post(f"/notifications/{notice.pk}/{path}/").status_code == 404

    assert unread(bob) == 1


def test_a_hidden_notice_shows_no_word_and_leads_nowhere(at_home, tell, fence, alice, bob):
    tell([bob], actor=alice)
    fence.hidden_from.add(bob.pk)

    assert "waved" not in at_home.get("/notifications/").content.decode()
    answer = at_home.post(f"/notifications/{Notice.objects.get().pk}/open/")
    assert answer["Location"] == "/notifications/"


def test_marking_all_as_read_can_be_undone(at_home, tell, alice, bob):
    tell([bob], actor=alice)
    tell([bob], actor=alice)

    answer = at_home.post("/notifications/read/")
    assert unread(bob) == 0

    page = at_home.get(answer["Location"]).content.decode()
    token = page.split('name="undo" value="')[1].split('"')[0]
    at_home.post("/notifications/unread/", {"undo": token})
    assert unread(bob) == 2


def test_undo_leaves_alone_what_was_read_before(at_home, tell, alice, bob):
    tell([bob], actor=alice)
    at_home.post(f"/notifications/{Notice.objects.get().pk}/open/")
    tell([bob], actor=alice)
    answer = at_home.post("/notifications/read/")

    at_home.post("/notifications/unread/", {"undo": answer["Location"].split("undo=")[1]})

    assert unread(bob) == 1


def test_a_made_up_undo_is_not_obeyed(at_home, bob):
    assert at_home.post("/notifications/unread/", {"undo": "made-up"}).status_code == 404


def test_the_filters_show_their_part(at_home, tell, make_kind, alice, bob):
    tell([bob], actor=alice)
    at_home.post("/notifications/read/")
    tell([bob], actor=alice, kind=make_kind("test.mention", names_you=True))

    def count(query):
        return at_home.get(f"/notifications/{query}").content.decode().count('class="to">Alice Arden waved')

    assert (count(""), count("?show=unread"), count("?show=mentions")) == (2, 1, 1)
    assert count("?show=nonsense") == 2


def test_older_ones_are_behind_a_link_and_none_is_lost(at_home, tell, alice, bob):
    for _wave in range(65):
        tell([bob], actor=alice)
    seen, path = set(), "/notifications/"

    while path:
        page = at_home.get(path).content.decode()
        ids = {int(piece.split('"')[0]) for piece in page.split('id="notice-')[1:]}
        assert not ids & seen
        seen |= ids
        links = (
            page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
        )
        path = links.replace("&amp;", "&")

    assert seen == set(Notice.objects.values_list("pk", flat=True))


def test_a_made_up_cursor_is_nothing(at_home):
    assert at_home.get("/notifications/?after=made-up").status_code == 404


def test_the_inbox_costs_the_same_for_two_and_for_twenty(
    at_home, tell, make_member, bob, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    people = [make_member(f"m{n}") for n in range(20)]
    for person in people[:2]:
        tell([bob], actor=person)
    at_home.get("/notifications/")
    with CaptureQueriesContext(connection) as two:
        at_home.get("/notifications/")
    for person in people:
        tell([bob], actor=person)
    with CaptureQueriesContext(connection) as twenty:
        at_home.get("/notifications/")

    assert len(twenty) == len(two), "\n".join(query["sql"] for query in twenty)


def test_the_bell_says_how_many_wait(at_home, tell, alice, bob):
    tell([bob], actor=alice)

    answer = at_home.get("/notifications/bell/")

    assert answer.status_code == 204
    assert json.loads(answer["HX-Trigger"]) == {"notices": {"count": 1}}


def test_choices_are_kept_and_shown(at_home, wave, bob):
    answer = at_home.post("/me/settings/notifications/", {**answers_of(bob), wave.key: "site"})

    assert answer.status_code == 302
    row = Preference.objects.get()
    assert (row.kind, row.channel, row.choice) == (wave.key, "email", "off")
    assert answers_of(bob)[wave.key] == "site"
    page = at_home.get("/me/settings/notifications/").content.decode()
    assert re.search(r'name="test.wave" value="site"[^>]* checked', page)


def test_what_was_left_as_it_stood_goes_on_following_its_default(at_home, make_kind, wave, bob):
    make_kind("test.gathered", mail=Mail.DIGEST)

    at_home.post("/me/settings/notifications/", answers_of(bob))

    assert not Preference.objects.exists()


def test_an_answer_that_does_not_exist_comes_back_with_the_form(at_home, wave):
    answer = at_home.post("/me/settings/notifications/", {wave.key: "shout"})

    assert answer.status_code == 422
    assert not Preference.objects.exists()


def test_a_pause_lasts_a_week_and_can_be_ended(at_home, bob):
    at_home.post("/me/settings/notifications/pause/", {"on": "1"})
    assert Reach.objects.get().paused_until is not None
    assert "No e-mail until" in at_home.get("/me/settings/notifications/").content.decode()

    at_home.post("/me/settings/notifications/pause/", {"on": "0"})
    assert Reach.objects.get().paused_until is None


def test_opening_a_stop_link_changes_nothing_but_offers_to(client, wave, bob):
    answer = client.get(f"/stop/{stop_token(bob, [wave])}/")

    assert answer.status_code == 200
    assert not Preference.objects.exists()


def test_one_click_stops_without_signing_in_or_token(wave, bob):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    path = f"/stop/{stop_token(bob, [wave])}/"

    answer = strict.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert Preference.objects.get().choice == "off"
    assert "Undo" in answer.content.decode()
    strict.post(path, {"undo": "1"})
    assert not Preference.objects.exists()


def test_stopping_twice_is_stopping_once(client, wave, bob):
    for _again in range(2):
        client.post(f"/stop/{stop_token(bob, [wave])}/", {"List-Unsubscribe": "One-Click"})

    assert Preference.objects.count() == 1


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1] + "x", lambda token: "made-up", lambda token: token + "a"]
)
def test_a_token_we_did_not_sign_stops_nothing(client, wave, bob, change):
    assert client.post(f"/stop/{change(stop_token(bob, [wave]))}/").status_code == 404

    assert not Preference.objects.exists()


def test_a_token_is_good_for_nothing_else(client, at_home, wave, bob):
    """It is signed for stopping: it neither signs in nor undoes."""
    assert at_home.post("/notifications/unread/", {"undo": stop_token(bob, [wave])}).status_code == 404


def test_reading_a_thread_reads_what_was_told_of_it(tell, alice, bob):
    from community.notifications.actions import mark_thread_read

    tell([bob], actor=alice, thread_id=7)
    tell([bob], actor=alice, thread_id=8)

    assert mark_thread_read(actor=bob, thread_id=7) == 1

    assert unread(bob) == 1
