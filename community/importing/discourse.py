"""Reads a Discourse archive: a .tar of JSON files, either whole topics (`/t/{id}.json?print=true`) or single posts.

Which of the two it is shows in the files. Posts bring raw Markdown or only their cooked HTML. People are known by what
their posts say of them. Likes become counts because they carry no names.
"""

import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from community.importing.source import (
    Meet,
    Report,
    SourceBadge,
    SourceMember,
    SourcePost,
    SourceThread,
    parse_time,
    read_ahead,
)

LIKE = 2
LARGEST_FILE = 64 * 1024 * 1024
EVENTS = {
    "closed.enabled": "*This topic was closed.*",
    "closed.disabled": "*This topic was opened again.*",
    "archived.enabled": "*This topic was archived.*",
    "pinned.enabled": "*This topic was pinned.*",
    "pinned.disabled": "*This topic is no longer pinned.*",
    "split_topic": "*Some posts were moved to a new topic.*",
    "autoclosed.enabled": "*This topic was closed automatically.*",
    "visible.disabled": "*This topic was unlisted.*",
}

# What Discourse's own Markdown knows and ours does not: pictures by a short name only their site can open, folding parts.
PICTURE = re.compile(r"!\[([^\]\n]*?)(?:\|[^\]\n]*)?\]\(upload://[^)\s]*\)")
FOLD = re.compile(r"^[ \t]*</?details[^>\n]*>[ \t]*$", re.I | re.M)
FOLD_TITLE = re.compile(r"[ \t]*<summary>\s*(.*?)\s*</summary>[ \t]*", re.I | re.S)

Json = dict[str, Any]


class DiscourseReader:
    """One archive. It is read once; everything is kept as small as it can be."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or path.name.split(".")[0]
        self.report = Report()
        if not path.is_file():
            raise FileNotFoundError(f"{path} is not a file")

    def read(self, meet: Meet) -> None:
        """Read the archive."""
        self._topics = self._all_topics(meet)

    def size(self) -> int:
        """Return how many posts the archive holds."""
        return sum(len(topic["posts"]) for topic in self._topics)

    def members(self) -> Iterator[SourceMember]:
        """Yield everyone who wrote, with the time of their first post as the time they joined."""
        first: dict[str, SourceMember] = {}
        for topic in self._topics:
            for post in topic["posts"]:
                author = self._author(post)
                if author is None:
                    continue
                when = parse_time(post["created_at"])
                known = first.get(author)
                if known is None:
                    name = (post.get("name") or "").strip() or post["username"]
                    first[author] = SourceMember(author, name, post["username"], when, seen_at=when)
                else:
                    known.joined_at = min(known.joined_at, when)
                    known.seen_at = max(known.seen_at or when, when)
        self.report.found["members"] = len(first)
        yield from first.values()

    def threads(self) -> Iterator[SourceThread]:
        """Yield every topic with the posts present, in their order."""
        for topic in self._topics:
            posts = topic["posts"]
            if not posts:
                self.report.left_out["topics without posts"] += 1
                continue
            yield self._thread(topic, posts)

    def badges(self) -> Iterator[SourceBadge]:
        """Yield nothing: these archives hold no badges."""
        return iter(())

    def _thread(self, topic: Json, posts: list[Json]) -> SourceThread:
        accepted = next((post for post in posts if post.get("accepted_answer")), None)
        self.report.found["accepted answers"] += sum(1 for post in posts if post.get("accepted_answer"))
        self.report.found["polls, shown as they read when archived"] += sum(
            1 for post in posts if post.get("polls")
        )
        by_number = {post["post_number"]: str(post["id"]) for post in posts}
        if topic["category"] is not None:
            self.report.mapping[f"category {topic['category']} → tag category-{topic['category']}"] += 1
        return SourceThread(
            external_id=str(topic["id"]),
            title=topic["title"],
            kind="question" if accepted else "discussion",
            created_at=parse_time(posts[0]["created_at"]),
            posts=[self._post(post, by_number) for post in posts],
            tags=[
                *(topic["tags"] or [])[:4],
                *([f"category-{topic['category']}"] if topic["category"] is not None else []),
            ],
            views=topic["views"],
            is_locked=topic["closed"],
            accepted=str(accepted["id"]) if accepted else None,
        )

    def _post(self, post: Json, by_number: dict[int, str]) -> SourcePost:
        self.report.found["posts"] += 1
        body, is_html = _text(post)
        likes = sum(
            action.get("count", 0) for action in post.get("actions_summary", ()) if action["id"] == LIKE
        )
        self.report.found["likes"] += likes
        emoji = {entry["id"]: entry["count"] for entry in post.get("reactions") or ()}
        self.report.found["emoji reactions"] += sum(emoji.values())
        author = self._author(post)
        edited = int(post.get("version", 1)) > 1 and "updated_at" in post
        return SourcePost(
            external_id=str(post["id"]),
            author_id=author,
            author_name=post.get("username") or "",
            created_at=parse_time(post["created_at"]),
            body=body,
            is_html=is_html,
            reply_to=by_number.get(post.get("reply_to_post_number") or 0),
            up=likes,
            emoji=emoji,
            edited_at=parse_time(post["updated_at"]) if edited else None,
            is_hidden=bool(post.get("hidden")),
        )

    def _author(self, post: Json) -> str | None:
        number = post.get("user_id")
        return str(number) if number is not None and number > 0 and post.get("username") else None

    @cached_property
    def _topics(self) -> list[Json]:
        return self._all_topics(lambda *_text: None)

    def _all_topics(self, meet: Meet) -> list[Json]:
        topics: dict[int, Json] = {}
        single: dict[int, Json] = {}
        for document in self._documents():
            if "post_stream" in document:
                topic = self._topic(document)
                topics[topic["id"]] = topic
                for post in topic["posts"]:
                    meet(str(topic["id"]), str(post["id"]), *_text(post))
            else:
                newest = single.get(document["id"])
                if newest is not None:
                    self.report.left_out["older versions of a post"] += 1
                if newest is None or _age(document) > _age(newest):
                    single[document["id"]] = document
                    meet(str(document["topic_id"]), str(document["id"]), *_text(document))
        for topic in self._gather(single):
            topics.setdefault(topic["id"], topic)
        self.report.found["topics"] = len(topics)
        return sorted(topics.values(), key=lambda topic: int(topic["id"]))

    def _topic(self, document: Json) -> Json:
        posts = sorted(document["post_stream"]["posts"], key=lambda post: post["post_number"])
        liked = sum(
            action.get("count", 0)
            for post in posts
            for action in post.get("actions_summary", ())
            if action["id"] == LIKE
        )
        if document.get("like_count", liked) != liked:
            self.report.warnings["topics whose like count differs from their posts"] += 1
        if document.get("posts_count", len(posts)) != len(posts):
            self.report.warnings["topics whose post count differs from their posts"] += 1
        return {
            "id": document["id"],
            "title": document["title"],
            "category": document.get("category_id"),
            "tags": [tag if isinstance(tag, str) else tag["name"] for tag in document.get("tags") or ()],
            "views": document.get("views", 0),
            "closed": bool(document.get("closed") or document.get("archived")),
            "posts": posts,
        }

    def _gather(self, single: dict[int, Json]) -> Iterator[Json]:
        by_topic: dict[int, list[Json]] = defaultdict(list)
        for post in single.values():
            by_topic[post["topic_id"]].append(post)
        for number, posts in by_topic.items():
            posts.sort(key=lambda post: post["post_number"])
            yield {
                "id": number,
                "title": posts[0].get("topic_title") or posts[0]["topic_slug"].replace("-", " "),
                "category": posts[0].get("category_id"),
                "tags": [],
                "views": max(post.get("reads", 0) for post in posts),
                "closed": False,
                "posts": posts,
            }

    def _documents(self) -> Iterator[Json]:
        for content in read_ahead(self._contents()):
            try:
                yield json.loads(content)
            except ValueError:
                self.report.left_out["files that are not JSON"] += 1

    def _contents(self) -> Iterator[bytes]:
        with tarfile.open(self.path) as archive:
            for entry in archive:
                if not entry.isfile() or not entry.name.endswith(".json"):
                    continue
                if entry.size > LARGEST_FILE:
                    self.report.left_out["files over 64 MB"] += 1
                    continue
                handle = archive.extractfile(entry)
                assert handle is not None
                yield handle.read()


def in_our_markdown(raw: str) -> str:
    """Say in plain Markdown what Discourse shows by means of its own; code keeps its letters."""
    if "upload://" not in raw and "<details" not in raw.lower():
        return raw
    parts = re.split(r"(^```.*?^```|^~~~.*?^~~~)", raw, flags=re.M | re.S)
    for at in range(0, len(parts), 2):
        text = PICTURE.sub(lambda found: f"*[{found[1].strip() or 'picture'}]*", parts[at])
        text = FOLD_TITLE.sub(
            lambda found: f"\n\n**{' '.join(found[1].split())}**\n\n" if found[1] else "", text
        )
        parts[at] = FOLD.sub("", text)
    return "".join(parts)


def _text(post: Json) -> tuple[str, bool]:
    """Return what a post says and whether that is HTML; what the system noted is said in words."""
    raw = post.get("raw")
    body = in_our_markdown(raw) if raw is not None else post.get("cooked") or ""
    if not body.strip() and post.get("action_code"):
        return EVENTS.get(post["action_code"], f"*{post['action_code']}*"), False
    return body, raw is None


def _age(post: Json) -> tuple[int, int]:
    """Tell which of two copies of a post was fetched later: by its version, then by how many had read it."""
    return post.get("version", 1), post.get("reads", 0)
