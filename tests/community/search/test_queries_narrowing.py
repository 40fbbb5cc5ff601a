"""What filters find, and for whom."""

import datetime as dt

import pytest

from community.members.actions import block_member
from community.search.language import read
from community.search.models import SearchDocument
from community.search.queries import narrow, near, offers, search_threads
from community.spaces.models import Space, SpaceMembership, Tag
from community.spaces.tagging import merge_tags
from community.threads.actions import accept_answer, add_reaction, bookmark_post, lock_thread
from community.threads.models import Post, Thread


@pytest.fixture
def talk(db):
    return Space.objects.create(slug="talk", name="Campfire talk")


@pytest.fixture
def poles(alice, space, make_thread):
    return make_thread(alice, space, title="Which poles hold in a gale?", tags=["winter"])


@pytest.fixture
def stoves(bob, talk, make_thread):
    return make_thread(
        bob, talk, title="Stoves I have known", body="None of them liked poles or ice.", kind="discussion"
    )


def labels(viewer, text):
    return [chip.label for chip in search_threads(viewer, text).chips]


def test_in_title(poles, stoves, find, guest):
    assert set(find(guest, "poles")) == {poles.title, stoves.title}
    assert find(guest, "poles in:title") == [poles.title]
    assert set(find(guest, "in:title")) == {poles.title, stoves.title}


def test_by_a_member(poles, stoves, alice, bob, make_reply, find, guest):
    make_reply(bob, poles, body="My poles bent.")

    assert find(guest, "poles @bob order:oldest") == [stoves.title, poles.title]
    assert find(guest, "@alice") == [poles.title]
    assert find(guest, "by:ALICE by:bob in:title order:oldest") == [poles.title, stoves.title]
    assert find(guest, "poles -@bob") == [poles.title]
    assert search_threads(guest, "@bob poles", limit=1).hits[0].author.handle == "bob"


def test_in_a_space(poles, stoves, find, guest):
    assert find(guest, "poles #talk") == [stoves.title]
    assert find(guest, "poles -space:talk") == [poles.title]
    assert set(find(guest, "space:talk space:help")) == {poles.title, stoves.title}


def test_with_a_tag(poles, stoves, find, guest):
    assert find(guest, "tag:winter") == [poles.title]
    assert find(guest, "poles tag:summer,winter") == [poles.title]
    assert find(guest, "poles -tag:winter") == [stoves.title]
    assert find(guest, "poles tag:summer") == []
    assert find(guest, "poles tag:!") == []


def test_before_and_after(poles, stoves, find, guest, deliver_all):
    deliver_all()
    SearchDocument.objects.filter(thread_id=poles.pk).update(
        created_at=dt.datetime(2024, 5, 5, tzinfo=dt.UTC)
    )

    assert find(guest, "poles before:2025") == [poles.title]
    assert find(guest, "poles after:2024-05-05 before:2024-05-06") == [poles.title]
    assert find(guest, "poles after:7d") == [stoves.title]
    assert find(guest, "poles before:2024-05-05") == []


def test_states_and_kinds(poles, stoves, alice, bob, mod, make_reply, find, guest):
    assert find(guest, "poles status:unanswered") == [poles.title]
    reply = make_reply(bob, poles, body="Steel.")
    assert find(guest, "poles status:unanswered") == []
    assert find(guest, "poles status:unsolved") == [poles.title]
    accept_answer(actor=alice, post=reply)
    assert find(guest, "poles status:solved") == [poles.title]
    assert find(guest, "poles kind:discussion") == [stoves.title]
    assert find(guest, "poles status:closed") == []
    lock_thread(actor=mod, thread=Thread.objects.get(pk=stoves.pk))
    assert find(guest, "poles status:closed") == [stoves.title]
    assert find(guest, "poles status:open") == [poles.title]


def test_what_is_mine(poles, stoves, alice, bob, guest, find):
    bookmark_post(actor=alice, post=Post.objects.get(thread=stoves, position=1))

    assert find(alice, "poles in:mine") == [poles.title]
    assert find(alice, "poles in:bookmarks") == [stoves.title]
    assert find(bob, "poles in:bookmarks") == []
    assert find(guest, "poles in:mine") == []
    assert search_threads(guest, "poles in:bookmarks").notes == ["Sign in to look through what is yours."]


def test_pictures(poles, stoves, find, guest, deliver_all):
    deliver_all()
    SearchDocument.objects.filter(thread_id=stoves.pk).update(has_picture=True)

    assert find(guest, "poles has:picture") == [stoves.title]


def test_orders(poles, stoves, alice, bob, find, guest):
    add_reaction(actor=bob, post=Post.objects.get(thread=poles, position=1), kind="helpful")

    assert find(guest, "poles order:oldest") == [poles.title, stoves.title]
    assert find(guest, "poles order:latest") == [stoves.title, poles.title]
    assert find(guest, "poles order:likes") == [poles.title, stoves.title]


@pytest.mark.parametrize("order", ["latest", "oldest", "likes"])
def test_every_order_goes_on_where_the_page_ended(order, alice, space, make_thread, find, guest):
    for n in range(5):
        make_thread(alice, space, title=f"Stove number {n}", body=f"Does stove {n} simmer well?")
    whole = find(guest, f"stove order:{order}")
    page = search_threads(guest, f"stove order:{order}", limit=2)
    seen = [hit.title for hit in page.hits]

    while page.after:
        page = search_threads(guest, f"stove order:{order}", limit=2, after=page.after)
        seen += [hit.title for hit in page.hits]

    assert seen == whole
    assert len(seen) == 5


def test_within_a_thread_each_post_comes_in_its_order(poles, stoves, bob, carol, make_reply, find, guest):
    first = make_reply(bob, poles, body="Bamboo bends.")
    make_reply(carol, poles, body="Nothing of the kind.")
    last = make_reply(carol, poles, body="Bamboo, bamboo, bamboo!")
    make_reply(carol, stoves, body="Bamboo burns.")
    find(guest, "bamboo")

    found = search_threads(guest, f"bamboo thread:{poles.pk}")

    assert [hit.post_id for hit in found.hits] == [first.pk, last.pk]
    assert (found.total, found.thread) == (2, poles.pk)
    assert "<mark>Bamboo</mark> bends" in found.hits[0].marked
    backwards = search_threads(guest, f"bamboo thread:{poles.pk} order:latest @carol")
    assert [hit.post_id for hit in backwards.hits] == [last.pk]
    page = search_threads(guest, f"bamboo thread:{poles.pk}", limit=1)
    assert [h.post_id for h in search_threads(guest, f"bamboo thread:{poles.pk}", after=page.after).hits] == [
        last.pk
    ]


def test_filters_say_what_they_are_and_can_be_taken_off(poles, stoves, find, guest):
    find(guest, "poles")
    found = search_threads(guest, "poles -@bob #help status:unsolved")

    assert [(chip.label, chip.text) for chip in found.chips] == [
        ("In Help and how-to", "poles -@bob status:unsolved"),
        ("Not: By Bob Birch", "poles #help status:unsolved"),
        ("Not answered yet", "poles -@bob #help"),
    ]


def test_what_is_not_understood_is_named_and_left_out(poles, find, guest):
    assert find(guest, "poles status:odd before:soon in:space") == [poles.title]
    notes = search_threads(guest, "poles status:odd before:soon").notes
    assert "solved, unsolved, unanswered, open, closed" in notes[0]
    assert "before:soon" in notes[1]


def test_a_hash_or_mention_of_nobody_is_a_word(alice, space, make_thread, find, guest):
    thread = make_thread(alice, space, title="Printing with @media rules", body="As in issue #12, on paper.")

    assert find(guest, "@media") == [thread.title]
    assert find(guest, "#12 paper") == [thread.title]
    assert "“@media”" in search_threads(guest, "@media").notes[0]


def test_a_name_that_nobody_has_finds_nothing_and_says_so(poles, find, guest):
    assert find(guest, "poles by:nobody") == []
    assert search_threads(guest, "poles by:nobody").notes == ["There is no member called “nobody”."]
    assert find(guest, "poles -by:nobody") == [poles.title]


def test_a_hidden_space_thread_and_tag_are_as_absent_ones(
    alice, mod, manager, private_space, make_thread, make_reply, find, guest, deliver_all
):
    secret = make_thread(manager, private_space, title="Canary prototype stitching", tags=["canary"])
    make_reply(manager, secret, body="Still secret.")
    deliver_all()

    for viewer in (guest, alice, mod):
        for asked, absent in (
            ("#testers", "#nowhere"),
            ("space:testers", "space:nowhere"),
            (f"thread:{secret.pk}", "thread:987654"),
            (f"secret thread:{secret.pk}", "secret thread:987654"),
            ("tag:canary", "tag:nowhere"),
            ("@manager", "@nobody"),
            ("by:manager order:latest", "by:nobody order:latest"),
        ):
            found, none = search_threads(viewer, asked), search_threads(viewer, absent)
            assert (found.hits, found.total, found.mended) == ([], 0, "")
            if not asked.startswith(("@", "by:", "tag:")):
                alike = [note.replace("testers", "nowhere") for note in found.notes]
                assert (alike, len(found.chips)) == (none.notes, len(none.chips))
            assert not any("anary" in chip.label for chip in found.chips if "tag:" not in asked)
        assert near(viewer, "canary prototipe") == ("", [])
        said = offers(viewer, "can")
        assert (said.threads, said.places) == ([], [])
        assert offers(viewer, "test").places == []
        assert offers(viewer, "#test").completions == []
        assert offers(viewer, "tag:can").completions == []
    assert find(manager, "tag:canary #testers") == [secret.title]

    SpaceMembership.objects.create(space=private_space, member=alice)
    assert find(alice, f"secret thread:{secret.pk}") == [secret.title]
    assert [place.slug for place in offers(alice, "can").places] == ["canary"]
    assert [place.slug for place in offers(alice, "test").places] == ["testers"]


def test_a_question_without_filters_asks_for_no_names(guest, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        narrow(guest, read('two words "and a phrase" -not'))
    with django_assert_num_queries(1):
        narrow(guest, read("@a @b #c thread:1 tag:x status:open"))


@pytest.mark.parametrize(
    "text",
    [
        "thread:99999999999999999",
        "thread:x",
        'by:"" space:"a b"',
        "before:0000-00-00 after:9999-99-99",
        "tag:,,, -tag:",
        "in:title in:title",
        "order:likes order:oldest",
        "-@nobody -#nowhere",
        "has:picture kind:question status:closed in:mine",
        "@bob @alice #help #talk in:bookmarks in:title or",
        "in:title the",
        "{a} {0} %s %(x)s in:title",
    ],
)
def test_any_filter_is_a_question(poles, stoves, alice, guest, find, text):
    for viewer in (guest, alice):
        find(viewer, text)
        near(viewer, text)
        offers(viewer, text)


def test_a_tag_that_was_merged_is_found_by_its_old_word_too(poles, stoves, manager, deliver_all, find, guest):
    deliver_all()
    frost = Tag.objects.create(slug="frost", name="frost")
    merge_tags(actor=manager, source=frost, target=Tag.objects.get(slug="winter"))

    assert find(guest, "tag:frost") == [poles.title]
    assert find(guest, "poles -tag:frost") == [stoves.title]


def test_search_leaves_out_people_whom_the_reader_blocks_unless_asked_by_name(
    poles, stoves, alice, carol, bob, deliver_all, find
):
    assert set(find(carol, "poles")) == {poles.title, stoves.title}
    block_member(actor=carol, member=bob)
    carol.refresh_from_db()

    assert find(carol, "poles") == [poles.title]
    assert find(carol, "") == []
    assert find(carol, "poles @bob") == [stoves.title]
    assert [thread.title for thread in offers(carol, "stov").threads] == []
    assert [thread.title for thread in offers(alice, "stov").threads] == [stoves.title]
