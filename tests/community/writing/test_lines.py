"""Lines that stand amid the words of others."""

import pytest

from community.writing.lines import ink, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Hana   Satō ", "Hana Satō"),
        ("Mallory\nBcc: everyone@example.org", "Mallory Bcc: everyone@example.org"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("a\u2028b\x85c\x07d", "a b cd"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("\ud800\x00", "\ufffd\ufffd"),
    ],
)
def test_a_line_stays_one_and_turns_nothing_around_it(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_ink_is_what_can_be_seen() -> None:
    assert ink(" \u200b\u3164\u2800\u00ad") == 0
    assert ink("a \u200bb") == 2
