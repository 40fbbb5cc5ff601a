import pytest

from community.writing.links import address_of, is_external, is_safe_link, own_upload, trim_address
from community.writing.markdown import render

KEY = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "HTTP://EXAMPLE.ORG/a?b#c",
        "mailto:a@b.example",
        "/t/12",
        "#part",
        "?page=2",
        "a/b:c",
        "foo):",
        "https://[::1]/",
        "https://example.org/@someone",
    ],
)
def test_ordinary_addresses_may_be_linked(url: str) -> None:
    assert is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "irc://example.org",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        " javascript:alert(1)",
        "https:evil.example",
        "https:///evil.example",
        "https://bank.example@evil.example/",
        "https://" + "a" * 300 + ".example",
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_dangerous_or_deceiving_addresses_may_not(url: str) -> None:
    assert not is_safe_link(url)


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert%281%29)",
        "[a](java&#115;cript:x)",
        "[a](&#x6A;avascript:x)",
        "[a](&#1;javascript:x)",
        "[a](java\tscript:x)",
        "[a](data:image/svg+xml;base64,AAAA)",
        "[a](//evil.example)",
        "[a](\\\\/evil.example)",
        "[a](<  javascript:x>)",
        "<javascript:x>",
        "[a]: javascript:x\n\n[a]",
        "[a](VBSCRIPT:x)",
    ],
)
def test_no_disguise_makes_a_dangerous_link_clickable(text: str) -> None:
    html = render(text).html

    assert 'href="j' not in html.lower()
    assert 'href="/' not in html
    assert 'href="d' not in html
    assert 'href="v' not in html


def test_only_the_full_form_of_an_upload_counts_as_one() -> None:
    assert own_upload(f"/files/{KEY}/640.webp") == (KEY, 0, 0)
    assert own_upload(f"/files/{KEY}/640.webp#640x480") == (KEY, 640, 480)
    for url in (
        f"/files/{KEY}/640.png",
        f"/files/{KEY[:-1]}/640.webp",
        f"https://x/files/{KEY}/640.webp",
        f"/files/{KEY}/a/640.webp",
    ):
        assert own_upload(url) is None


def test_brackets_opened_inside_an_address_stay_with_it() -> None:
    assert trim_address("https://a.example/(b)") == "https://a.example/(b)"
    assert trim_address("https://a.example/b).") == "https://a.example/b"
    assert trim_address("https://a.example/" + ")" * 30_000) == "https://a.example/"


def test_an_address_needs_a_host() -> None:
    assert address_of("https://") is None
    assert address_of("www.example.org/a") == "http://www.example.org/a"
    assert address_of("www.example") is None
    assert address_of("www..") is None
    assert is_external("https://a.example") and not is_external("/a")
