"""What every template may call."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.template import engines
from django.utils import timezone, translation

from config.jinja import ago, avatar, compact, day, icon, initials, number, url

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)


def render(text: str, **context: Any) -> str:
    return engines["jinja2"].from_string(text).render(context)


class Person:
    def __init__(self, name: str, pk: int = 1, avatar_url: str = "") -> None:
        self.name, self.pk, self.avatar_url = name, pk, avatar_url


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (dt.timedelta(seconds=20), "just now"),
        (dt.timedelta(minutes=1), "1 minute ago"),
        (dt.timedelta(minutes=59), "59 minutes ago"),
        (dt.timedelta(hours=3), "3 hours ago"),
        (dt.timedelta(hours=25), "yesterday"),
        (dt.timedelta(days=4), "4 days ago"),
        (dt.timedelta(days=8), "June 7"),
        (dt.timedelta(days=400), "May 11, 2025"),
        (dt.timedelta(seconds=-30), "just now"),
        (dt.timedelta(days=-3), "June 18"),
    ],
)
def test_times_are_relative_under_a_week_and_dates_after(passed: dt.timedelta, words: str) -> None:
    with time_machine.travel(NOW, tick=False):
        assert f">{words}</time>" in ago(NOW - passed)


def test_the_exact_time_is_in_the_readers_own_zone() -> None:
    with timezone.override("Asia/Tokyo"):
        assert 'datetime="2026-06-15T21:00+09:00"' in ago(NOW)
        assert 'datetime="2026-06-16"' in day(NOW + dt.timedelta(hours=4))


def test_numbers_follow_the_language() -> None:
    with translation.override("en"):
        assert (number(1234567), compact(999), compact(1200), compact(5000), compact(2_300_000)) == (
            "1,234,567",
            "999",
            "1.2k",
            "5k",
            "2.3m",
        )
    with translation.override("de"):
        assert number(1234567) == "1.234.567"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maya Okafor", "MO"),
        ("Ines", "I"),
        ("Ana de la Cruz", "AC"),
        ("", ""),
        ("<b>", ""),
        ("李 明", "李明"),
    ],
)
def test_initials_stand_for_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_portrait_shows_the_picture_or_the_initials_and_no_markup_of_a_name() -> None:
    assert 'src="/files/a.png"' in avatar(Person("Maya", avatar_url="/files/a.png"), 24)
    assert "&#34;" in avatar(Person("Maya", avatar_url='"onerror="x'), 24)
    assert ">MO</text>" in avatar(Person("Maya Okafor"), 24)
    assert "<svg" in avatar(None)


def test_an_icon_is_decoration() -> None:
    assert icon("bell") == '<svg class="i" aria-hidden="true"><use href="/static/i.svg#i-bell"/></svg>'


def test_what_members_write_is_escaped_also_inside_translated_sentences() -> None:
    assert render("{{ name }}", name="<script>") == "&lt;script&gt;"
    assert render('{{ _("Hello %(name)s", name=name) }}', name="<script>") == "Hello &lt;script&gt;"


def test_an_unknown_variable_is_an_error_not_a_blank() -> None:
    with pytest.raises(Exception, match="undefined"):
        render("{{ nobody_gave_this }}")


def test_addresses_are_remembered_per_arguments() -> None:
    assert url("brand_theme", hash="0" * 12) == "/theme-000000000000.css"
    assert url("brand_theme", "1" * 12) == "/theme-111111111111.css"


def test_a_moment_can_end_a_sentence_in_every_language() -> None:
    at = dt.datetime(2026, 6, 15, 12, 52, tzinfo=dt.UTC)
    for language, written in (("en", "June 15, 2026, 12:52 PM"), ("de", "15. Juni 2026 12:52")):
        with translation.override(language):
            assert written in render("{{ at|moment }}", at=at)
