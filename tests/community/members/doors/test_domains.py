"""Domains are compared whole."""

import pytest

from community.members.doors.domains import domain_of, may_join, read_domains


@pytest.mark.parametrize(
    ("address", "allowed", "blocked", "expected"),
    [
        ("a@tarn.example", "", "", True),
        ("a@tarn.example", "tarn.example", "", True),
        ("a@TARN.example.", "tarn.example", "", True),
        ("a@eviltarn.example", "tarn.example", "", False),
        ("a@tarn.example.evil.test", "tarn.example", "", False),
        ("a@sub.tarn.example", "tarn.example", "", False),
        ("a@sub.tarn.example", "*.tarn.example", "", True),
        ("a@tarn.example", "*.tarn.example", "", False),
        ("a@xtarn.example", "*.tarn.example", "", False),
        ("a@mail.test", "", "mail.test", False),
        ("a@other.test", "", "mail.test", True),
        ("a@tarn.example", "tarn.example", "tarn.example", False),
        ('"a@tarn.example"@evil.test', "tarn.example", "", False),
        ("=?x?q?a=40tarn.example=3e=20?=@evil.test", "tarn.example", "", False),
        ("a@bücher.example", "xn--bcher-kva.example", "", True),
        ("nothing", "", "", False),
    ],
)
def test_an_address_may_join_by_its_whole_domain(
    address: str, allowed: str, blocked: str, expected: bool
) -> None:
    assert may_join(address, allowed=allowed, blocked=blocked) is expected


def test_a_list_is_tidied_and_what_is_no_domain_is_named() -> None:
    names, wrong = read_domains("@Tarn.example\n\n*.shop.example \nnot a domain\ntarn.example\n*\n")

    assert names == ["tarn.example", "*.shop.example"]
    assert wrong == ["not a domain", "*"]
    assert domain_of("a@Straße.example") == domain_of("a@STRASSE.example")
