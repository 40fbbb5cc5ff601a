"""Any text is a question, and what was understood can be written down again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from community.search.language import NAMES, VALUES, phrase, read

PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                '"',
                "-",
                "@",
                "#",
                ":",
                "in:",
                "by:bob",
                "@bob",
                "#help",
                "tag:a,b",
                "or",
                '-"x y"',
                'by:"',
                " ",
            ]
        ),
    ),
    max_size=12,
).map(" ".join)


@given(PIECES)
@example('"never closed  ')
@example('by:"never closed')
@example('a"b c')
@example("-")
@example('-"')
def test_any_text_is_read_and_reads_the_same_again(text):
    reading = read(text)

    assert read(reading.text) == reading
    for term in reading.terms:
        assert term.text
        assert not term.name or (term.name in NAMES.values() and term.value)
        read(reading.without(term))
        read(reading.choosing("status", "solved"))


@given(PIECES, st.sampled_from(["status", "kind", "order"]))
def test_one_choice_takes_the_place_of_another(text, name):
    value = VALUES[name][0]

    chosen = read(read(text).choosing(name, value))

    assert [term.value for term in chosen.terms if term.name == name] == [value]
    assert [term for term in chosen.terms if term.name != name] == [
        term for term in read(text).terms if term.name != name
    ]


@pytest.mark.parametrize(
    ("text", "filters", "words"),
    [
        ("poles gale", [], "poles gale"),
        ("poles @Bob #help", [("by", "bob"), ("space", "help")], "poles"),
        ("by:@bob space:#help", [("by", "@bob"), ("space", "#help")], ""),
        ('"red tent" -blue', [], '"red tent" -blue'),
        ("“red tent”", [], '"red tent"'),
        ("-tag:winter -@bob poles", [("tag", "winter"), ("by", "bob")], "poles"),
        ("-status:solved", [], "-status:solved"),
        (
            "STATUS:Answered in:me order:newest",
            [("status", "solved"), ("in", "mine"), ("order", "latest")],
            "",
        ),
        ('tag:"winter camping"', [("tag", "winter camping")], ""),
        ("https://example.org error:404", [], "https://example.org error:404"),
        ("me@example.org C# #", [], "me@example.org C# #"),
        ("status: in:", [], "status: in:"),
        ("@angular/core", [], "@angular/core"),
    ],
)
def test_filters_and_words(text, filters, words):
    reading = read(text)

    assert [(term.name, term.value) for term in reading.filters] == filters
    assert reading.words == words


def test_what_is_added_stays_outside_a_phrase_nobody_closed():
    assert read('tent "red fly').choosing("status", "solved") == 'tent "red fly" status:solved'


def test_a_phrase_is_quoted_once():
    assert phrase('red "tent') == '"red  tent"'
    assert phrase(" ") == ""
