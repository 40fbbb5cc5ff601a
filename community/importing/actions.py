"""Bringing a community in: everyone, everything said, honours; then the counters of the space."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from django.db import connection

from community.importing.people import MemberWriter, write_badges
from community.importing.scribe import Scribe
from community.importing.source import Reader, Report, SourceBadge
from community.importing.stream import TextStream
from community.importing.writer import Progress, ThreadWriter, Written, fresh_threads, references
from community.members.trust.actions import settle_trust
from community.spaces.models import Space
from community.threads.counters import recount_after_import
from community.verdict import Verdict
from community.writing.workers import Pool


@dataclass(slots=True)
class Outcome:
    """What one import did."""

    written: Written
    report: Report


def survey(reader: Reader) -> Report:
    """Read everything and write nothing: the dry run. Returns what was found."""
    people: set[str] = set()
    for member in reader.members():
        reader.report.mapping["members with a name of their own"] += bool(member.name)
        people.add(member.external_id)
    for thread in reader.threads():
        reader.report.mapping[f"threads of kind {thread.kind}"] += 1
        reader.report.mapping["posts"] += len(thread.posts)
        reader.report.mapping["accepted answers"] += thread.accepted is not None
        for post in thread.posts:
            if post.author_id is None or post.author_id not in people:
                reader.report.mapping["posts shown as written by someone who left"] += 1
    for _badge in reader.badges():
        reader.report.mapping["honours from elsewhere"] += 1
    return reader.report


def import_community(
    *,
    actor: None,
    reader: Reader,
    space: Space,
    processes: int = 2,
    sized: Progress = lambda _posts: None,
    progress: Progress = lambda _posts: None,
) -> Outcome:
    """Write everything that is not here yet into `space`. Run it again after an interruption: it goes on.

    `sized` hears how many posts there are as soon as that is known, `progress` how many more are written. Nobody acts:
    an import is started by whoever runs the machine. Nothing is sent to anyone.
    """
    _on_the_machine(actor).require()
    written = Written()
    members, done = references(reader.name, "member"), references(reader.name, "thread")
    with (
        closing(Pool(processes, in_bulk=True)) as pool,
        closing(TextStream(pool)) as stream,
        closing(Scribe()) as scribe,
    ):
        pool.warm()
        reader.read(partial(_meet, stream, done))
        people = [member for member in reader.members() if member.external_id not in members]
        stream.begin(people, fresh_threads(reader, done, written, progress))
        sized(reader.size())
        written.members = MemberWriter(reader.name, members).take(stream.people(), scribe)
        scribe.write(partial(_write_badges, reader, list(reader.badges()), members, written))
        ThreadWriter(reader.name, space.pk, members, written, progress).take(stream, scribe)
        scribe.finish()
    refresh_numbers()
    return Outcome(written, reader.report)


def _meet(
    stream: TextStream, done: Mapping[str, int], thread_id: str, post_id: str, body: str, is_html: bool
) -> None:
    if thread_id not in done:
        stream.meet(post_id, body, is_html)


def _write_badges(
    reader: Reader, badges: list[SourceBadge], members: Mapping[str, int], written: Written
) -> None:
    written.badges = write_badges(reader.name, badges, members, reader.report)


def _on_the_machine(actor: None) -> Verdict:
    return Verdict(actor is None, "machine_only", "Imports run on the machine, not for a member.")


def refresh_numbers() -> None:
    """Name the tags that came along, then count what spaces, tags and members show about threads."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # what a crash loses is counted again by the next run
        cursor.execute(
            "INSERT INTO spaces_tag (slug, name, thread_count) "
            "SELECT DISTINCT tag, tag, 0 FROM threads_thread, unnest(tags) AS tag ORDER BY tag ON CONFLICT DO NOTHING"
        )
        # What was just copied is unknown to the planner, which would count with the wrong joins for minutes.
        cursor.execute(
            "ANALYZE threads_thread (id, author_id, space_id, accepted_post_id, state),"
            " threads_post (id, author_id, thread_id, position, state), members_member (id)"
        )
        # Nobody's facts were moved but theirs: whoever wrote nothing has read and thanked as little as before.
        settle_trust(member_ids=recount_after_import(), quiet=True)
        cursor.execute("RESET synchronous_commit")
