"""Tiny archives in the shapes of the real ones, with their quirks."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

STAMP = "2018-03-0{}T10:00:00.000"


def stackexchange(folder: Path, **tables: list[dict[str, str]]) -> Path:
    """Write a dump folder; tables default to two people, one answered question and a comment."""
    rows: dict[str, list[dict[str, str]]] = {
        "Users": [
            {"Id": "-1", "DisplayName": "Community", "CreationDate": STAMP.format(1)},
            {
                "Id": "1",
                "DisplayName": "Zoë Ünal",
                "CreationDate": STAMP.format(1),
                "AboutMe": "<p>Hi <b>there</b></p>",
            },
            {"Id": "2", "DisplayName": "Zoë Ünal", "CreationDate": STAMP.format(2)},
        ],
        "Posts": [
            {
                "Id": "10",
                "PostTypeId": "1",
                "AcceptedAnswerId": "11",
                "CreationDate": STAMP.format(3),
                "Score": "2",
                "Body": "<p>Why?</p><script>alert(1)</script>",
                "OwnerUserId": "1",
                "Title": "Why is it so?",
                "Tags": "<grammar><on-topic>",
                "AnswerCount": "1",
                "CommentCount": "1",
            },
            {
                "Id": "11",
                "PostTypeId": "2",
                "ParentId": "10",
                "CreationDate": STAMP.format(4),
                "Score": "-1",
                "Body": "<p>Because <code>x &lt; y</code>.</p>",
                "OwnerDisplayName": "user77",
            },
            {"Id": "12", "PostTypeId": "5", "CreationDate": STAMP.format(4), "Score": "0", "Body": ""},
        ],
        "Comments": [
            {
                "Id": "5",
                "PostId": "10",
                "Score": "3",
                "Text": "Good *one*",
                "CreationDate": STAMP.format(5),
                "UserId": "2",
            },
            {
                "Id": "6",
                "PostId": "99",
                "Score": "0",
                "Text": "orphan",
                "CreationDate": STAMP.format(5),
                "UserId": "2",
            },
        ],
        "Votes": [
            {"Id": "1", "PostId": "10", "VoteTypeId": "2", "CreationDate": STAMP.format(3)},
            {"Id": "2", "PostId": "10", "VoteTypeId": "2", "CreationDate": STAMP.format(3)},
            {"Id": "3", "PostId": "11", "VoteTypeId": "3", "CreationDate": STAMP.format(4)},
            {"Id": "4", "PostId": "11", "VoteTypeId": "1", "CreationDate": STAMP.format(6)},
        ],
        "Badges": [
            {"Id": "1", "UserId": "1", "Name": "Student", "Date": STAMP.format(3)},
            {"Id": "2", "UserId": "1", "Name": "Student", "Date": STAMP.format(4)},
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for table, content in {**rows, **tables}.items():
        lines = [
            "  <row " + " ".join(f"{key}={quoteattr(value)}" for key, value in row.items()) + " />"
            for row in content
        ]
        text = "\n".join(
            ['<?xml version="1.0" encoding="utf-8"?>', f"<{table.lower()}>", *lines, f"</{table.lower()}>"]
        )
        (folder / f"{table}.xml").write_text("\ufeff" + text, encoding="utf-8")
    return folder


def discourse_post(number: int, **fields: Any) -> dict[str, Any]:
    """Return one post of topic 7 as Discourse tells it."""
    return {
        "id": 100 + number,
        "topic_id": 7,
        "topic_title": "Fees & limits",
        "topic_slug": "fees-limits",
        "user_id": 1 + number % 2,
        "name": "",
        "username": f"Person_{1 + number % 2}",
        "created_at": f"2026-05-1{number}T15:38:08.645Z",
        "updated_at": f"2026-05-1{number}T15:38:08.645Z",
        "post_number": number,
        "post_type": 1,
        "version": 1,
        "reads": 3,
        "cooked": f"<p>Post {number}</p>",
        "actions_summary": [{"id": 2, "count": number}],
        **fields,
    }


def discourse(path: Path, *documents: dict[str, Any]) -> Path:
    """Write an archive with one JSON file a document."""
    with tarfile.open(path, "w:xz") as archive:
        for number, document in enumerate(documents):
            content = json.dumps(document).encode()
            entry = tarfile.TarInfo(f"posts/json/{number}.json")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path
