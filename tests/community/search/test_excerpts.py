"""The line under a result is chosen and marked as Postgres would, without reading the whole text where that is plain."""

from typing import Any

import pytest
from django.db import connection

from community.search.excerpts import START, STOP, beginnings, cut, mark, typed
from community.search.queries import search_threads

FILLER = "Nothing of note was said here on that long and windy day. " * 12


def shown(text: str) -> str:
    return text.replace(START, "[").replace(STOP, "]")


def test_words_are_looked_for_by_what_all_their_forms_begin_with() -> None:
    assert beginnings("'happi' & 'tent' | 'hope'") == ["happ", "hop", "tent"]
    assert beginnings("'o''brien'") == ["o'brien"]
    assert beginnings("T") == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Tent pegs", {"tent", "pegs"}),
        ('"storm pole" -tarp', {"storm", "pole"}),
        ("rain-fly", set()),
        ("café tent", {"tent"}),
    ],
)
def test_only_plain_words_count_as_typed(asked: str, words: set[str]) -> None:
    assert typed(asked) == words


def test_the_line_is_where_most_words_stand_together() -> None:
    text = f"A tent. {FILLER}The tent held in the gale because its pegs held. {FILLER}"

    line = cut(text, ["gale", "peg", "tent"])

    assert line is not None
    assert "The tent held in the gale because its pegs held." in line
    assert len(line) <= 220 and line in text


def test_a_short_text_is_shown_whole_and_words_are_never_cut() -> None:
    assert cut("Two  tents\nstood", ["tent"]) == "Two tents stood"
    line = cut(f"{FILLER}tent {FILLER}", ["tent"])
    assert line is not None
    assert set(line.split()) <= set(f"{FILLER}tent".split())


def test_a_text_without_the_words_is_left_to_postgres() -> None:
    assert cut(FILLER, ["tent"]) is None
    assert cut("An extent of land", ["tent"]) is None
    assert cut("İ" * 3 + " tent", ["tent"]) is None


def test_words_as_they_were_typed_are_marked() -> None:
    line = mark("Tent, tent and content.", ["tent"], frozenset({"tent"}))

    assert line is not None
    assert shown(line) == "[Tent], [tent] and content."


@pytest.mark.parametrize(
    "line", ["Two tents stood", "A tent-peg", "see tent.example", "tent's door", "Über tent", "tent_peg"]
)
def test_what_is_not_plain_is_left_to_postgres(line: str) -> None:
    assert mark(line, ["tent"], frozenset({"tent"})) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("storm pole", "The storm broke a pole. Poles break in storms; a pole is cheap."),
        ("or storm", "Take an oar or a pole before the storm"),
        ('"storm pole"', "A storm pole, not a pole in a storm"),
        ("storm -rain", "The storm passed, and the storm of 1987 too"),
        ("running", "Running water runs; the run was running."),
        ("2000 storm", "In 2000 the storm came, 2000.5 mm of it, 2,000 people fled"),
        ("pole", "Write to pole@example.org or look at pole.example/pole; the pole is there"),
        ("storm", "STORM Storm storm stormy stormproof"),
    ],
)
def test_marks_are_those_that_postgres_makes(asked: str, text: str) -> None:
    options = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT querytree(q), ts_headline('porchlight', %s, q, %s) FROM websearch_to_tsquery('porchlight', %s) q",
            [text, options, asked],
        )
        query, headline = cursor.fetchone()

    line = mark(text, beginnings(query), typed(asked))

    assert line is None or shown(line) == shown(headline)


@pytest.mark.django_db
def test_every_way_of_marking_meets_in_one_list(
    alice: Any, space: Any, make_thread: Any, find: Any, guest: None
) -> None:
    make_thread(alice, space, title="Plain", body=f"{FILLER}The gale bent it.")
    make_thread(alice, space, title="Other form", body=f"{FILLER}Two gales bent it.")
    make_thread(alice, space, title="A gale in the title", body="Only the title says it.")
    make_thread(alice, space, title="Accents", body=f"Un gâle. {FILLER}")

    assert len(find(guest, "gale")) == 4
    marked = {hit.title: str(hit.marked) for hit in search_threads(guest, "gale").hits}

    assert "The <mark>gale</mark> bent it." in marked["Plain"]
    assert "Two <mark>gales</mark> bent it." in marked["Other form"]
    assert marked["A gale in the title"].strip() == "Only the title says it."
    assert "<mark>gâle</mark>" in marked["Accents"]


@pytest.mark.django_db
def test_a_page_goes_on_past_what_was_hidden_meanwhile(
    alice: Any, space: Any, make_thread: Any, find: Any, guest: None
) -> None:
    threads = [
        make_thread(alice, space, title=f"Gale {number}", body=f"It rose {number} times.")
        for number in range(5)
    ]
    assert len(find(guest, "gale")) == 5
    type(threads[0]).objects.filter(pk=threads[4].pk).update(state="hidden")

    seen, after = [], ""
    for _page in range(5):
        page = search_threads(guest, "gale", limit=2, after=after)
        seen += [hit.thread_id for hit in page.hits]
        after = page.after
        if not after:
            break

    assert sorted(seen) == sorted(thread.pk for thread in threads[:4])
