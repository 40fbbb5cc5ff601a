"""Reading a Discourse archive, and Markdown of other houses in our own."""

from pathlib import Path

import pytest

from community.importing.discourse import DiscourseReader, in_our_markdown
from tests.community.importing import archives


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("![log scale|690x387](upload://fl3Ci9OcW.png) and on", "*[log scale]* and on"),
        ("![](upload://fl3Ci9OcW.png)", "*[picture]*"),
        (
            "before\n<details>\n<summary>What it costs</summary>\nA lot.\n</details>\nafter",
            "before\n\n\n\n**What it costs**\n\n\nA lot.\n\nafter",
        ),
        ("```\n<details>\n```", "```\n<details>\n```"),
        (
            "A page with ![a picture](https://example.org/a.png)",
            "A page with ![a picture](https://example.org/a.png)",
        ),
    ],
)
def test_what_only_discourse_knows_is_said_plainly(theirs: str, ours: str) -> None:
    assert in_our_markdown(theirs) == ours


def test_posts_are_met_while_the_archive_is_read(tmp_path: Path) -> None:
    topic = {"id": 7, "title": "T", "post_stream": {"posts": [archives.discourse_post(1, id=3, topic_id=7)]}}
    newer = archives.discourse_post(1, id=9, topic_id=8, raw="newer", version=2)
    older = archives.discourse_post(1, id=9, topic_id=8, raw="older", version=1)
    reader = DiscourseReader(archives.discourse(tmp_path / "a.tar.xz", topic, newer, older))
    met: list[tuple[str, str, str, bool]] = []

    reader.read(lambda *text: met.append(text))

    assert met == [
        (thread.external_id, post.external_id, post.body, post.is_html)
        for thread in reader.threads()
        for post in thread.posts
    ]
    assert met[1][2] == "newer"
