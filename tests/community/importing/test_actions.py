"""Bringing a community in."""

from pathlib import Path
from typing import Any

import pytest

from community.activity.models import Activity
from community.activity.registry import consumers_of
from community.importing.actions import import_community, survey
from community.importing.discourse import DiscourseReader
from community.importing.models import EarnedElsewhere, ExternalReference
from community.importing.stackexchange import StackExchangeReader
from community.members.models import Member
from community.members.trust.actions import settle_everyone
from community.threads.counters import recount
from community.threads.models import Post, State, Thread
from tests.community.importing import archives
from tests.real_data import real

pytestmark = pytest.mark.django_db


def bring_in(reader: Any, space: Any) -> Any:
    return import_community(actor=None, reader=reader, space=space, processes=1)


def test_a_question_comes_with_its_answer_comment_votes_and_honours(tmp_path: Path, space: Any) -> None:
    outcome = bring_in(StackExchangeReader(archives.stackexchange(tmp_path / "dump")), space)

    thread = Thread.objects.get()
    question, answer, comment = thread.posts.order_by("position")
    assert (thread.title, thread.kind, thread.tags) == ("Why is it so?", "question", ["grammar", "on-topic"])
    assert thread.accepted_post_id == answer.pk
    assert thread.accepted_at.day == 6
    assert (question.imported["up"], answer.imported["down"], comment.imported["up"]) == (2, 1, 3)
    assert comment.reply_to is None and comment.body_html == "<p>Good <em>one</em></p>\n"
    assert "<script" not in question.body_html
    assert answer.author is None and answer.imported["author"] == "user77"
    assert EarnedElsewhere.objects.get().times == 2
    assert outcome.report.left_out["tag wikis"] == 1
    assert outcome.report.left_out["comments on posts that are not imported"] == 1


def test_people_with_one_name_get_two_handles_and_nobody_can_sign_in_as_them(
    tmp_path: Path, space: Any
) -> None:
    bring_in(StackExchangeReader(archives.stackexchange(tmp_path / "dump")), space)

    first, second = Member.objects.order_by("pk")
    assert (first.handle, second.handle) == ("zoe-unal", "zoe-unal-2")
    assert first.name == second.name == "Zoë Ünal"
    assert first.email == "" and not first.has_usable_password()
    assert "<strong>there</strong>" in first.bio_html


def test_a_second_run_changes_nothing(tmp_path: Path, space: Any) -> None:
    folder = archives.stackexchange(tmp_path / "dump")
    bring_in(StackExchangeReader(folder), space)
    before = (
        Member.objects.count(),
        Post.objects.count(),
        Activity.objects.count(),
        ExternalReference.objects.count(),
    )

    outcome = bring_in(StackExchangeReader(folder), space)

    after = (
        Member.objects.count(),
        Post.objects.count(),
        Activity.objects.count(),
        ExternalReference.objects.count(),
    )
    assert after == before
    assert outcome.written.skipped_threads == 1
    assert EarnedElsewhere.objects.get().times == 2


def test_honours_earned_since_an_earlier_run_are_added_up(tmp_path: Path, space: Any) -> None:
    reader = StackExchangeReader(archives.stackexchange(tmp_path / "dump"))
    bring_in(reader, space)
    EarnedElsewhere.objects.update(times=1)

    outcome = bring_in(StackExchangeReader(reader.folder), space)

    assert EarnedElsewhere.objects.get().times == 2
    assert outcome.written.badges == 1


def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path: Path, space: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.importing.writer.POSTS_IN_A_TRANSACTION", 1)
    topics = [
        {
            "id": n,
            "title": f"Topic {n}",
            "post_stream": {"posts": [archives.discourse_post(1, id=n, topic_id=n)]},
        }
        for n in range(1, 6)
    ]
    path = archives.discourse(tmp_path / "a.tar.xz", *topics)
    seen: list[int] = []

    def stop_after_two(posts: int) -> None:
        seen.append(posts)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_community(
            actor=None, reader=DiscourseReader(path), space=space, processes=1, progress=stop_after_two
        )
    assert Thread.objects.count() == 2

    bring_in(DiscourseReader(path), space)

    assert Thread.objects.count() == 5
    assert Activity.objects.filter(verb="thread.created").count() == 5


@pytest.mark.django_db(transaction=True)
def test_rounds_are_written_on_a_connection_of_their_own(
    tmp_path: Path, space: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.importing.writer.POSTS_IN_A_TRANSACTION", 1)
    posts = {n: archives.discourse_post(1, id=n, topic_id=n) for n in range(1, 6)}
    topics = [{"id": n, "title": f"Topic {n}", "post_stream": {"posts": [post]}} for n, post in posts.items()]
    path = archives.discourse(tmp_path / "a.tar.xz", *topics)
    told: list[tuple[str, int]] = []

    import_community(
        actor=None,
        reader=DiscourseReader(path),
        space=space,
        processes=1,
        sized=lambda count: told.append(("sized", count)),
        progress=lambda count: told.append(("written", count)),
    )

    assert told == [("sized", 5), *[("written", 1)] * 5]
    assert list(Thread.objects.order_by("pk").values_list("title", flat=True)) == [
        f"Topic {n}" for n in range(1, 6)
    ]


def test_a_dry_run_reports_and_writes_nothing(tmp_path: Path) -> None:
    report = survey(StackExchangeReader(archives.stackexchange(tmp_path / "dump")))

    assert report.mapping["posts"] == 3
    assert report.mapping["posts shown as written by someone who left"] == 1
    assert Member.objects.count() == Post.objects.count() == ExternalReference.objects.count() == 0


def test_every_number_shown_is_what_its_rows_say(tmp_path: Path, space: Any) -> None:
    bring_in(StackExchangeReader(archives.stackexchange(tmp_path / "dump")), space)
    posts = [archives.discourse_post(n, accepted_answer=n == 2, hidden=n == 3) for n in (1, 2, 3, 4)]
    topic = {"id": 7, "title": "T", "tags": ["fees"], "post_stream": {"posts": posts}}
    bring_in(DiscourseReader(archives.discourse(tmp_path / "t.tar.xz", topic)), space)

    assert recount(heal=False) == []
    asker, helper = Member.objects.filter(handle__startswith="person").order_by("thread_count")[::-1]
    assert (asker.thread_count, asker.accepted_count) == (1, 0)
    assert (helper.post_count, helper.accepted_count, helper.helped_count) == (2, 1, 6)


def test_whoever_wrote_a_lot_elsewhere_has_the_level_that_the_clock_would_give(
    tmp_path: Path, space: Any
) -> None:
    topics = [
        {
            "id": n,
            "title": f"Topic {n}",
            "post_stream": {
                "posts": [
                    archives.discourse_post(
                        at, id=n * 100 + at, topic_id=n, created_at=f"2026-04-{n:02}T10:00:{at:02}.000Z"
                    )
                    for at in range(1, 9)
                ]
            },
        }
        for n in range(1, 26)
    ]
    bring_in(DiscourseReader(archives.discourse(tmp_path / "t.tar.xz", *topics)), space)

    assert settle_everyone(quiet=True) == 0
    told = Activity.objects.filter(verb="member.trust_changed").order_by("target_pk")
    assert [(one.payload["before"], one.payload["after"], one.quiet) for one in told] == [
        (1, member.trust_level, True) for member in Member.objects.exclude(trust_level=1).order_by("pk")
    ]


def test_history_is_told_quietly_at_the_time_it_happened(tmp_path: Path, space: Any) -> None:
    bring_in(StackExchangeReader(archives.stackexchange(tmp_path / "dump")), space)

    told = dict(Activity.objects.values_list("verb", "occurred_at"))
    assert set(told) == {"member.joined", "thread.created", "post.created", "answer.accepted"}
    assert told["answer.accepted"].day == 6
    assert not Activity.objects.filter(quiet=False).exists()


def test_whoever_hears_history_can_hear_much_of_it_at_once() -> None:
    verbs = (
        "member.joined",
        "member.trust_changed",
        "thread.created",
        "post.created",
        "answer.accepted",
        "points.changed",
        "badge.awarded",
        "tier.reached",
    )
    hearing = [entry for verb in verbs for entry in consumers_of(verb, quiet=True)]

    assert hearing
    assert [entry.name for entry in hearing if entry.batch is None] == []


def test_single_posts_are_gathered_into_topics_and_the_newest_version_wins(
    tmp_path: Path, space: Any
) -> None:
    path = archives.discourse(
        tmp_path / "single.tar.xz",
        archives.discourse_post(2, raw="Second, edited", version=2),
        archives.discourse_post(2, raw="Second"),
        archives.discourse_post(1, raw="First @person_1", reactions=[{"id": "+1", "count": 4}]),
        archives.discourse_post(3, raw="Third", reply_to_post_number=2, user_id=-1, username="system"),
    )

    outcome = bring_in(DiscourseReader(path), space)

    first, second, third = Post.objects.order_by("position")
    assert (second.body_md, second.edit_count) == ("Second, edited", 1)
    assert third.reply_to_id == second.pk and third.author is None
    assert first.imported == {"up": 1, "down": 0, "emoji": {"+1": 4}}
    assert '<a class="mention" href="/@person_1/"' in first.body_html
    assert outcome.report.left_out["older versions of a post"] == 1


def test_cooked_html_becomes_markdown_and_small_events_a_sentence(tmp_path: Path, space: Any) -> None:
    posts = [
        archives.discourse_post(
            1, cooked='<p>See <strong>this</strong><img class="emoji" alt=":smile:" src="x"></p>'
        ),
        archives.discourse_post(2, cooked="", action_code="closed.enabled", post_type=3),
        archives.discourse_post(4, accepted_answer=True, hidden=True),
    ]
    path = archives.discourse(tmp_path / "t.tar.xz", {"id": 7, "title": "T", "post_stream": {"posts": posts}})

    bring_in(DiscourseReader(path), space)

    opening, event, hidden = Post.objects.order_by("position")
    assert "**this**" in opening.body_md
    assert event.body_md == "*This topic was closed.*"
    assert hidden.state == State.HIDDEN
    assert Thread.objects.get().accepted_post_id == hidden.pk


def test_a_real_dump_adds_up(space: Any) -> None:
    outcome = bring_in(StackExchangeReader(real("stackexchange/conlang-meta")), space)

    assert outcome.written.members == 271
    assert outcome.written.threads == Thread.objects.count() == 54
    assert outcome.written.posts == Post.objects.count()
    assert not outcome.report.warnings, outcome.report.warnings
    assert not outcome.written.codes


def test_a_real_archive_of_single_posts_matches_its_known_facts(space: Any) -> None:
    outcome = bring_in(DiscourseReader(real("discourse/delving-posts.tar.xz")), space)

    assert (outcome.written.posts, outcome.written.threads) == (1963, 219)
    assert outcome.report.found["likes"] == 883
    assert outcome.report.found["emoji reactions"] == 1029
