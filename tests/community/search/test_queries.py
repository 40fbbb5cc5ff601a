"""What is found, by whom, and in which order."""

import pytest
from django.db import connection

from community.search.queries import search_members, search_threads, suggest
from community.spaces.models import SpaceMembership
from community.threads.actions import accept_answer


@pytest.fixture
def thread(alice, space, make_thread):
    return make_thread(alice, space, tags=["winter"])


def test_a_thread_is_found_by_title_tag_and_text(thread, find, guest):
    assert find(guest, "poles gale") == [thread.title]
    assert find(guest, "winter") == [thread.title]
    assert find(guest, "carbon sections") == [thread.title]
    assert find(guest, "submarine") == []


def test_word_forms_and_accents_do_not_matter(thread, bob, make_reply, find, guest):
    make_reply(bob, thread, body="Bought mine in a café in Umeå while hiking.")

    assert find(guest, "pole") == [thread.title]
    assert find(guest, "cafe umea hike") == [thread.title]


def test_a_reply_is_found_and_leads_to_itself(thread, bob, make_reply, find, guest):
    reply = make_reply(bob, thread, body="Titanium sleeves are worth the price.")

    assert find(guest, "titanium") == [thread.title]
    hit = search_threads(guest, "titanium").hits[0]
    assert (hit.post_id, hit.url) == (reply.pk, f"/p/{reply.pk}/")
    assert hit.author.handle == "bob"
    assert "<mark>Titanium</mark>" in hit.marked


def test_a_thread_comes_once_with_its_best_post(thread, bob, make_reply, find, guest):
    for n in range(4):
        make_reply(bob, thread, body=f"A gale, a gale, and poles number {n}.")

    assert find(guest, "poles") == [thread.title]
    assert search_threads(guest, "poles").hits[0].post_id is None


def test_an_accepted_answer_beats_other_replies(alice, bob, carol, thread, make_reply, find, guest):
    make_reply(bob, thread, body="Fibreglass is cheap and fine.")
    answer = make_reply(carol, thread, body="Fibreglass is heavy but fine.")
    accept_answer(actor=alice, post=answer)

    find(guest, "fibreglass")

    assert search_threads(guest, "fibreglass").hits[0].post_id == answer.pk


def test_titles_weigh_more_than_text(alice, space, make_thread, find, guest):
    make_thread(alice, space, title="What I carried last week", body="A stove, and some other small things.")
    make_thread(alice, space, title="Which stove for the cold?", body="Gas freezes where I go in January.")

    assert find(guest, "stove") == ["Which stove for the cold?", "What I carried last week"]


def test_quotes_minus_and_or(alice, space, make_thread, find, guest):
    make_thread(alice, space, title="Red tent with a porch", body="I like it a lot, do you?")
    make_thread(alice, space, title="Blue tent, no porch", body="I like it less, do you?")

    assert find(guest, '"red tent"') == ["Red tent with a porch"]
    assert find(guest, "tent -red") == ["Blue tent, no porch"]
    assert set(find(guest, "red or blue")) == {"Red tent with a porch", "Blue tent, no porch"}


def test_what_one_may_not_read_is_not_found_nor_counted(
    alice, bob, manager, mod, private_space, make_thread, make_reply, find, guest
):
    thread = make_thread(
        manager, private_space, title="Canary prototype stitching", body="Canary-9913 must not leak."
    )
    make_reply(manager, thread, body="Canary again in a reply.")

    for viewer in (guest, alice, mod):
        assert find(viewer, "canary") == []
        found = search_threads(viewer, "canary")
        assert (found.total, found.mended) == (0, "")
        assert suggest(viewer, "cana") == []
        assert search_threads(viewer, "canarry prototipe").hits == []
        assert search_members("canary") == []
    assert find(manager, "canary") == [thread.title]

    SpaceMembership.objects.create(space=private_space, member=alice)
    assert find(alice, "canary") == [thread.title]
    SpaceMembership.objects.all().delete()
    assert find(alice, "canary") == []
    assert find(bob, "canary") == []


def test_what_is_hidden_is_gone_even_before_the_index_hears(
    thread, mod, bob, make_reply, find, guest, deliver_all
):
    from community.threads.actions import set_post_state

    reply = make_reply(bob, thread, body="Sells counterfeit anoraks.")
    assert find(guest, "anoraks") == [thread.title]

    set_post_state(actor=mod, post=reply, state="removed", reason="Fakes.")

    assert search_threads(guest, "anoraks").hits == []
    deliver_all()
    assert search_threads(guest, "anoraks").total == 0


def test_a_space_closed_meanwhile_is_closed_at_once(thread, find, guest, space, alice):
    assert find(guest, "poles") == [thread.title]

    space.access = "members"
    space.save()

    assert search_threads(guest, "poles").hits == []
    assert search_threads(alice, "poles").hits != []


def test_filters(thread, alice, bob, make_reply, make_thread, space, find, guest):
    from community.spaces.models import Space

    talk = Space.objects.create(slug="talk", name="Talk")
    make_thread(bob, talk, title="Poles I have known", body="A history of bent things.", kind="discussion")
    accept_answer(actor=alice, post=make_reply(bob, thread))

    assert find(guest, "poles", space_id=talk.pk) == ["Poles I have known"]
    assert find(guest, "poles", status="solved") == [thread.title]
    assert find(guest, "poles", status="unanswered") == []


def test_results_go_on_where_the_page_ended(alice, space, make_thread, find, guest):
    for n in range(7):
        make_thread(alice, space, title=f"Stove number {n}", body=f"Does stove {n} simmer well?")
    seen = find(guest, "stove", limit=3)
    page = search_threads(guest, "stove", limit=3)

    while page.after:
        page = search_threads(guest, "stove", limit=3, after=page.after)
        seen += [hit.title for hit in page.hits]

    assert sorted(seen) == [f"Stove number {n}" for n in range(7)]
    assert page.total == 7


def test_a_slip_of_the_finger_is_mended(thread, find, guest):
    assert find(guest, "whinter gale") == [thread.title]

    found = search_threads(guest, "Whinter gale")
    assert (found.mended, found.total) == ("winter gale", 1)
    assert search_threads(guest, "winter").mended == ""


def test_a_mended_word_that_leads_nowhere_is_not_told(manager, private_space, make_thread, find, guest):
    make_thread(manager, private_space, title="Canary prototype stitching")

    assert find(manager, "canarry") == ["Canary prototype stitching"]

    assert search_threads(guest, "canarry").mended == ""


def test_members_are_found_by_name_and_by_nearly_the_name(make_member, deliver_all, guest):
    from community.members.actions import welcome_newcomer

    for handle, name in (("tomasz", "Tomasz Zieliński"), ("hana", "Hana Satō")):
        welcome_newcomer(actor=make_member(handle, name=name))
    deliver_all()

    assert [m.handle for m in search_members("zielinski")] == ["tomasz"]
    assert [m.handle for m in search_members("Tomas")] == ["tomasz"]
    assert [m.handle for m in search_members("hana")] == ["hana"]
    assert search_members("nobody") == []


def test_suggestions_come_while_typing(thread, find, guest):
    find(guest, "x")

    assert [row[1] for row in suggest(guest, "which po")] == [thread.title]
    assert suggest(guest, "p") == []
    assert suggest(guest, "' & | !") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "the and of",
        '"',
        "-",
        "a" * 5000,
        "' OR 1=1 --",
        "(((",
        ":*",
        "%_%",
        "\\",
        "😀",
        "poles:*&!|",
        "-poles",
    ],
)
def test_any_text_is_a_question(thread, find, guest, text):
    find(guest, text)
    suggest(guest, text)
    search_members(text)


def test_text_from_members_is_escaped(alice, space, make_thread, find, guest):
    make_thread(
        alice, space, title="A fair question here", body="Type `<script>alert(1)</script> & zebra` into it."
    )

    find(guest, "zebra")
    marked = search_threads(guest, "zebra").hits[0].marked

    assert "<script" not in marked
    assert "alert(1)" in marked and "&amp; <mark>zebra</mark>" in marked


def test_no_plan_is_kept_for_rare_and_common_words_alike(thread, find, guest):
    for _time in range(3):
        assert find(guest, "winter")

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [row[0] for row in cursor.fetchall()]

    assert not any("newest AS MATERIALIZED" in statement for statement in kept)
    assert any("WITH ORDINALITY o (id, place)" in statement for statement in kept)
