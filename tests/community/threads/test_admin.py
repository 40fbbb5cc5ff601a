"""The moderator's way in: the same actions, the same rules."""

import pytest
from django.urls import reverse

from community.activity.models import Activity
from community.spaces.models import Space, SpaceMembership
from community.threads.models import PostRevision
from tests.community.threads.conftest import fresh

THREADS = "/admin/threads/thread/"
POSTS = "/admin/threads/post/"


def press(client, page, action, *rows):
    return client.post(page, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


def test_members_find_no_admin(alice, thread, sign_in):
    for page in (THREADS, POSTS, f"{THREADS}{thread.pk}/change/"):
        assert sign_in(alice).get(page).status_code in (302, 403, 404)


def test_lists_cost_the_same_for_few_and_many(
    mod, alice, bob, space, make_thread, make_reply, sign_in, counted
):
    client = sign_in(mod)
    make_reply(bob, make_thread(alice, space))

    def cost(page):
        client.get(page)
        with counted() as statements:
            assert client.get(page).status_code == 200
        return len(statements())

    few = [cost(page) for page in (THREADS, POSTS)]
    for _thread in range(8):
        make_reply(bob, make_thread(alice, space))

    assert [cost(page) for page in (THREADS, POSTS)] == few


def test_a_moderator_finds_what_is_hidden_but_nothing_in_a_closed_space(
    mod, manager, private_space, make_thread, question, sign_in
):
    inside = make_thread(manager, private_space, title="The heron prototype")
    press(sign_in(mod), THREADS, "hide", question.thread)

    page = sign_in(mod).get(THREADS).content.decode()
    assert question.thread.title in page
    assert "heron" not in page
    assert sign_in(mod).get(f"{THREADS}{inside.pk}/change/").status_code in (302, 404)
    assert "heron" in sign_in(manager).get(THREADS).content.decode()


@pytest.mark.parametrize(
    ("words", "found"), [("gale", True), ("GALE winter", True), ("summer", False), ("' OR 1=1", False)]
)
def test_titles_are_searched_by_words(mod, thread, sign_in, words, found):
    page = sign_in(mod).get(THREADS, {"q": words}).content.decode()

    assert (f"{THREADS}{thread.pk}/change/" in page) is found


def test_a_number_finds_its_thread(mod, thread, sign_in):
    assert (
        f"{THREADS}{thread.pk}/change/" in sign_in(mod).get(THREADS, {"q": str(thread.pk)}).content.decode()
    )
    assert sign_in(mod).get(THREADS, {"q": "9" * 40}).status_code == 200


def test_actions_close_pin_hide_and_show(mod, thread, sign_in):
    client = sign_in(mod)

    press(client, THREADS, "close", thread)
    press(client, THREADS, "pin", thread)
    press(client, THREADS, "remove", thread)
    now = fresh(thread)
    assert (now.is_locked, now.pinned_at is not None, now.state) == (True, True, "removed")

    press(client, THREADS, "open_again", thread)
    press(client, THREADS, "unpin", thread)
    press(client, THREADS, "show_again", thread)
    now = fresh(thread)
    assert (now.is_locked, now.pinned_at, now.state) == (False, None, "visible")
    assert Activity.objects.filter(verb="thread.changed", actor=mod).count() == 4
    assert Activity.objects.filter(verb="post.state_changed", actor=mod).count() == 2


def test_saving_a_thread_renames_tags_and_moves_it(mod, space, thread, sign_in):
    elsewhere = Space.objects.create(slug="elsewhere", name="Elsewhere")

    answer = sign_in(mod).post(
        f"{THREADS}{thread.pk}/change/",
        {"title": "Poles for gales", "tags": "Poles,winter", "space": elsewhere.pk},
    )

    assert answer.status_code == 302
    now = fresh(thread)
    assert (now.title, now.tags, now.space) == ("Poles for gales", ["poles", "winter"], elsewhere)
    assert PostRevision.objects.get().editor == mod


def test_a_title_that_cannot_be_used_is_said_beside_its_field(mod, space, thread, sign_in):
    answer = sign_in(mod).post(
        f"{THREADS}{thread.pk}/change/", {"title": "No", "tags": "", "space": space.pk}
    )

    assert answer.status_code == 200
    assert "Say in a few words" in answer.content.decode()
    assert fresh(thread).title == thread.title


def test_a_post_is_corrected_with_its_history(mod, answer, sign_in):
    page = f"{POSTS}{answer.pk}/change/"
    inline = {f"revisions-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}

    response = sign_in(mod).post(page, {"body_md": "Without the number.", "reason": "Private data", **inline})

    assert response.status_code == 302
    assert fresh(answer).body_md == "Without the number."
    assert PostRevision.objects.values_list("editor__handle", "reason").get() == ("mod", "Private data")
    assert "Private data" in sign_in(mod).get(page).content.decode()


def test_posts_are_hidden_and_shown(mod, answer, sign_in):
    press(sign_in(mod), POSTS, "hide", answer)
    assert fresh(answer).state == "hidden"

    press(sign_in(mod), POSTS, "show_again", answer)
    assert fresh(answer).state == "visible"


def test_why_nothing_was_changed_is_said(bob, mod, answer, sign_in):
    from community.threads.actions import delete_post

    delete_post(actor=bob, post=answer)

    page = press(sign_in(mod), POSTS, "show_again", answer).content.decode()

    assert "Its author deleted this" in page
    assert fresh(answer).state == "deleted"


def test_nobody_adds_or_deletes_rows_by_hand(admin, thread, answer, sign_in):
    client = sign_in(admin)

    for page in (THREADS, POSTS, "/admin/threads/postrevision/"):
        assert client.get(f"{page}add/").status_code == 403
    for page, row in ((THREADS, thread), (POSTS, answer)):
        assert client.post(f"{page}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert "delete_selected" not in client.get(page).content.decode()


def test_the_history_is_listed(mod, answer, sign_in):
    PostRevision.objects.create(post=answer, number=1, body_md="Before", editor=mod)

    assert sign_in(mod).get(reverse("admin:threads_postrevision_changelist")).status_code == 200


def test_a_moderator_of_one_space_has_no_admin(carol, space, sign_in):
    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)

    assert sign_in(carol).get(THREADS).status_code in (302, 403, 404)
