"""Reads a Stack Exchange dump: a folder of XML files, one row an element, all facts in attributes.

Questions become threads of kind question, answers and comments become replies (a comment answers its parent), votes become
counts because they carry no voter, and badges become honours from elsewhere. Tag wikis are not conversations.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from community.importing.source import (
    Meet,
    Report,
    SourceBadge,
    SourceMember,
    SourcePost,
    SourceThread,
    parse_time,
)

QUESTION, ANSWER = "1", "2"
ACCEPTED_VOTE, UP_VOTE, DOWN_VOTE = "1", "2", "3"
POST_KINDS = {
    "3": "orphaned tag wikis",
    "4": "tag excerpts",
    "5": "tag wikis",
    "6": "moderator nominations",
    "7": "wiki placeholders",
    "8": "privilege wikis",
}

PART = 1 << 16

Row = dict[str, str]


class _Rows:
    """Gathers the attributes of rows as they begin; a tree of elements would be built for nothing."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def start(self, tag: str, attributes: Row) -> None:
        """Hear that an element begins."""
        if tag == "row":
            self._rows.append(attributes)

    def take(self) -> list[Row]:
        """Return what was gathered since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def close(self) -> None:
        """Hear that the document ends, by which time every row has begun."""


class StackExchangeReader:
    """One dump folder. `Posts.xml` and `Users.xml` must be there; the other files may be absent."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder = folder
        self.name = name or folder.name
        self.report = Report()
        for required in ("Posts.xml", "Users.xml"):
            if not (folder / required).is_file():
                raise FileNotFoundError(f"{folder} has no {required}: is it a Stack Exchange dump?")

    def read(self, meet: Meet) -> None:
        """Nothing: people stand in a file of their own, and the others take a moment beside rendering them."""

    def size(self) -> int:
        """Return how many questions, answers and comments there are."""
        answers = sum(len(rows) for rows in self._answers.values())
        return len(self._posts[QUESTION]) + answers + sum(len(rows) for rows in self._comments.values())

    def members(self) -> Iterator[SourceMember]:
        """Yield everyone but the system's own account, number -1."""
        for row in self._rows("Users"):
            self.report.found["members"] += 1
            if row["Id"] == "-1":
                self.report.left_out["the system's own account"] += 1
                continue
            name = row.get("DisplayName", "").strip() or f"user{row['Id']}"
            yield SourceMember(
                external_id=row["Id"],
                name=name,
                handle=name,
                joined_at=parse_time(row["CreationDate"]),
                seen_at=parse_time(row["LastAccessDate"]) if "LastAccessDate" in row else None,
                bio=row.get("AboutMe", ""),
                location=row.get("Location", ""),
                website=row.get("WebsiteUrl", ""),
            )

    def threads(self) -> Iterator[SourceThread]:
        """Yield every question with its answers and comments in the order they were written."""
        for question in self._posts[QUESTION]:
            answers = self._answers.get(question["Id"], [])
            self._check(question, answers)
            yield self._thread(question, answers)

    def badges(self) -> Iterator[SourceBadge]:
        """Yield every badge of a present member."""
        for row in self._rows("Badges"):
            self.report.found["badges"] += 1
            if row["UserId"] == "-1":
                self.report.left_out["badges of the system's own account"] += 1
                continue
            yield SourceBadge(row["UserId"], row["Name"], parse_time(row["Date"]))

    def _thread(self, question: Row, answers: list[Row]) -> SourceThread:
        parents = [question, *answers]
        replies = [self._post(answer) for answer in answers]
        for parent in parents:
            replies.extend(self._comment(row) for row in self._comments.get(parent["Id"], ()))
        replies.sort(key=lambda post: post.created_at)
        accepted = question.get("AcceptedAnswerId")
        if accepted and accepted not in {answer["Id"] for answer in answers}:
            self.report.warnings["accepted answers that are not in the dump"] += 1
            accepted = None
        return SourceThread(
            external_id=question["Id"],
            title=question.get("Title", "").strip() or "Untitled",
            kind="question",
            created_at=parse_time(question["CreationDate"]),
            posts=[self._post(question), *replies],
            tags=re.findall(r"[^<>|]+", question.get("Tags", "")),
            views=int(question.get("ViewCount", 0)),
            is_locked="ClosedDate" in question,
            accepted=accepted,
            accepted_at=self._accepted_at.get(accepted) if accepted else None,
        )

    def _post(self, row: Row) -> SourcePost:
        up, down = self._votes.get(row["Id"], [0, 0])
        score = int(row.get("Score", 0))
        if up - down != score:
            self.report.warnings["scores that differ from up-votes minus down-votes"] += 1
            up, down = max(up, score), max(up, score) - score
        return SourcePost(
            external_id=row["Id"],
            author_id=self._author(row, "OwnerUserId"),
            author_name=row.get("OwnerDisplayName", ""),
            created_at=parse_time(row["CreationDate"]),
            body=row.get("Body", ""),
            is_html=True,
            up=up,
            down=down,
            edited_at=parse_time(row["LastEditDate"]) if "LastEditDate" in row else None,
        )

    def _comment(self, row: Row) -> SourcePost:
        return SourcePost(
            external_id=f"c{row['Id']}",
            author_id=self._author(row, "UserId"),
            author_name=row.get("UserDisplayName", ""),
            created_at=parse_time(row["CreationDate"]),
            body=row.get("Text", ""),
            is_html=False,
            reply_to=row["PostId"],
            up=max(0, int(row.get("Score", 0))),
        )

    def _author(self, row: Row, attribute: str) -> str | None:
        author = row.get(attribute)
        if author is None:
            self.report.found["posts whose author is unknown"] += 1
        return None if author == "-1" else author

    def _check(self, question: Row, answers: list[Row]) -> None:
        if int(question.get("AnswerCount", 0)) != len(answers):
            self.report.warnings["questions whose answer count differs from their answers"] += 1
        for row in (question, *answers):
            if int(row.get("CommentCount", 0)) != len(self._comments.get(row["Id"], ())):
                self.report.warnings["posts whose comment count differs from their comments"] += 1

    @cached_property
    def _posts(self) -> dict[str, list[Row]]:
        by_kind: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows("Posts"):
            self.report.found["posts in the dump"] += 1
            kind = row["PostTypeId"]
            if kind in (QUESTION, ANSWER):
                by_kind[kind].append(row)
                self.report.found["questions" if kind == QUESTION else "answers"] += 1
            else:
                self.report.left_out[POST_KINDS.get(kind, f"posts of kind {kind}")] += 1
        return by_kind

    @cached_property
    def _answers(self) -> dict[str, list[Row]]:
        questions = {row["Id"] for row in self._posts[QUESTION]}
        by_question: dict[str, list[Row]] = defaultdict(list)
        for row in self._posts[ANSWER]:
            if row.get("ParentId") in questions:
                by_question[row["ParentId"]].append(row)
            else:
                self.report.left_out["answers whose question is not in the dump"] += 1
        return by_question

    @cached_property
    def _comments(self) -> dict[str, list[Row]]:
        known = {row["Id"] for rows in self._posts.values() for row in rows}
        by_post: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows("Comments"):
            self.report.found["comments"] += 1
            if row["PostId"] in known:
                by_post[row["PostId"]].append(row)
            else:
                self.report.left_out["comments on posts that are not imported"] += 1
        return by_post

    @property
    def _votes(self) -> dict[str, list[int]]:
        return self._counted_votes[0]

    @property
    def _accepted_at(self) -> dict[str, dt.datetime]:
        return self._counted_votes[1]

    @cached_property
    def _counted_votes(self) -> tuple[dict[str, list[int]], dict[str, dt.datetime]]:
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        accepted: dict[str, dt.datetime] = {}
        for row in self._rows("Votes"):
            self.report.found["votes"] += 1
            kind = row["VoteTypeId"]
            if kind in (UP_VOTE, DOWN_VOTE):
                counts[row["PostId"]][kind == DOWN_VOTE] += 1
            elif kind == ACCEPTED_VOTE:
                accepted[row["PostId"]] = parse_time(row["CreationDate"])
        return counts, accepted

    def _rows(self, table: str) -> Iterator[Row]:
        path = self.folder / f"{table}.xml"
        if not path.is_file():
            return
        gathered = _Rows()
        parser = ElementTree.XMLParser(target=gathered)  # noqa: S314 - expat keeps entities unexpanded here
        with path.open("rb") as file:
            while part := file.read(PART):
                parser.feed(part)
                yield from gathered.take()
        parser.close()
