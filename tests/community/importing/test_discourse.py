"""Markdown of other houses in our own."""

import pytest

from community.importing.discourse import in_our_markdown


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
