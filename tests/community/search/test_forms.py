"""The form of filters writes what one could type."""

from hypothesis import example, given
from hypothesis import strategies as st

from community.search.forms import composed, filter_fields, write_question
from community.search.language import read

FULL = (
    'stove "boils over" -gas space:help by:bob tag:winter kind:question status:solved in:title has:picture'
    " after:2026-01-02 before:2026-03-14 order:latest"
)


def test_the_form_shows_a_question_and_writes_it_again():
    assert write_question(filter_fields(read(FULL))) == FULL


@given(st.text(max_size=60))
@example('"a" "b" tag:x tag:y -@bob after:never')
@example("thread:42 in:thread")
def test_what_has_no_field_stays_among_the_words(text):
    again = read(write_question(filter_fields(read(text))))

    assert sorted(term.value for term in again.filters if not term.short) == sorted(
        value for value in (term.value for term in again.filters if not term.short)
    )
    assert len(again.filters) <= len(read(text).filters)


def test_a_search_box_in_a_thread_asks_about_that_thread():
    assert composed({"q": "poles", "within": "42"}) == "thread:42 poles"
    assert composed({"q": "poles in:thread", "thread": "42"}) == "thread:42 poles"
    assert composed({"q": "poles", "thread": "42"}) is None
    assert composed({"q": "poles", "within": "x"}) is None


def test_older_addresses_are_questions_too():
    assert composed({"q": "poles", "status": "solved", "space": "help"}) == "poles space:help status:solved"
    assert composed({"q": "poles"}) is None
