"""What is delivered is what the sources say, and it stays light."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static" / "dist"
KB = 1024


def zipped(*names: str) -> int:
    return sum(len(gzip.compress((DIST / name).read_bytes(), 9)) for name in names)


def test_the_committed_bundles_are_those_of_the_sources() -> None:
    check = subprocess.run(
        [sys.executable, "frontend/build.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert check.returncode == 0, check.stdout


def test_the_stylesheet_weighs_at_most_15_kb() -> None:
    assert zipped("community.css") <= 15 * KB


def test_the_scripts_of_a_composer_page_weigh_at_most_35_kb() -> None:
    assert (
        zipped(
            "vendor/htmx.js",
            "community.js",
            "compose.js",
            "vendor/markdown-toolbar.js",
            "vendor/text-expander.js",
        )
        <= 35 * KB
    )


def test_the_scripts_of_a_conversation_weigh_at_most_35_kb() -> None:
    parts = ("vendor/htmx.js", "community.js", "compose.js", "talk.js")
    expanders = ("vendor/markdown-toolbar.js", "vendor/text-expander.js")

    assert zipped(*parts, *expanders) <= 35 * KB


def test_no_stylesheet_names_a_colour_outside_the_tokens() -> None:
    named = re.compile(r"#[0-9a-f]{3,8}\b", re.I)
    allowed = {"rewards.css", "stream.css", "narrow.css"}
    found = [
        path.name
        for path in (ROOT / "static" / "css").rglob("*.css")
        if path.name not in allowed and named.search(path.read_text())
    ]

    assert found == []


def test_templates_carry_no_inline_style_or_handler() -> None:
    forbidden = re.compile(r"""\sstyle="|\son[a-z]+=["']|<style[\s>]""")
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "email" not in path.parts]

    outside_tags = re.compile(r"\{[{%#].*?[}%#]\}", re.S)

    assert [str(path) for path in pages if forbidden.search(outside_tags.sub("", path.read_text()))] == []


def test_own_modules_stay_under_100_lines() -> None:
    assert [
        path.name
        for path in (ROOT / "static" / "js").rglob("*.js")
        if len(path.read_text().splitlines()) > 100
    ] == []


def test_every_icon_a_template_asks_for_is_in_the_sprite() -> None:
    sprite = (DIST.parent / "i.svg").read_text()
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'(?:icon|frame_icon)[( ]+"([a-z]+)"', path.read_text())
    }

    assert {name for name in asked if f'id="i-{name}"' not in sprite} == set()
