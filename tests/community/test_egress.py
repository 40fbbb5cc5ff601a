"""No address that somebody gives us leads into our own network."""

import ipaddress
import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import egress
from community.egress import EgressFailed, EgressRefused, is_public, post, read_target


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example.net/x",
        "ftp://push.example.net/x",
        "https://push.example.net:8443/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://0x7f000001/x",
        "https://127.1/x",
        "https://localhost/x",
        "https://intranet/x",
        "https://me:secret@push.example.net/x",
        "https://@push.example.net/x",
        "https://push.example.net\\@127.0.0.1/x",
        "https://push.example.net/x y",
        "https://push.example.net/\r\nHost: other",
        "https://пуш.example.net/x",
        "https:///x",
        "https://push.example.net:99999/x",
        "javascript:alert(1)",
        "",
        "https://push.example.net/" + "x" * 2000,
    ],
)
def test_only_https_by_a_public_name_on_the_usual_port(url):
    with pytest.raises(EgressRefused):
        read_target(url)


def test_a_plain_address_is_taken_apart():
    target = read_target("https://Push.example.net./send/a?b=1#c")

    assert (target.origin, target.path, target.is_trusted) == (
        "https://push.example.net",
        "/send/a?b=1",
        False,
    )


def test_only_the_named_origin_is_trusted(settings):
    settings.EGRESS_TRUSTED = ["http://127.0.0.1:9000"]

    assert read_target("http://127.0.0.1:9000/x").is_trusted
    for other in ("http://127.0.0.1:9001/x", "https://127.0.0.1:9000/x", "http://127.0.0.2:9000/x"):
        with pytest.raises(EgressRefused):
            read_target(other)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)
def test_addresses_that_are_not_out_there_are_known(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "142.250.74.10", "2a00:1450:4001:80b::200a", "::ffff:1.1.1.1"]
)
def test_addresses_out_there_are_known(address):
    assert is_public(ipaddress.ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_wrapping_an_address_never_makes_it_public(number):
    inner = ipaddress.IPv4Address(number)
    wrapped = (
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x0064FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
    )

    assert is_public(inner) or not any(map(is_public, wrapped))


@pytest.mark.parametrize("answers", [["10.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::1"], ["fe80::1%eth0"]])
def test_a_name_that_leads_home_even_once_is_not_called(monkeypatch, answers):
    called = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in answers]
    monkeypatch.setattr(egress.socket, "getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr(egress.socket, "create_connection", lambda *a, **_k: called.append(a))

    with pytest.raises(EgressRefused):
        post("https://push.example.net/x", body=b"", headers={})

    assert called == []


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    lookups, called = [], []

    def look_up(*_arguments, **_options):
        lookups.append(1)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 443))]

    def connect(address, **_options):
        called.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(egress.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(egress.socket, "create_connection", connect)

    with pytest.raises(EgressFailed):
        post("https://push.example.net/x", body=b"", headers={})

    assert (lookups, called) == ([1], [("1.1.1.1", 443)])


@pytest.fixture
def speaker(settings):
    """A server that says what it is told to, one piece after the other."""
    made = {"pieces": [], "pause": 0.0, "heard": b""}
    server = socket.create_server(("127.0.0.1", 0))

    def run():
        while True:
            try:
                line, _who = server.accept()
            except OSError:
                return
            with line:
                made["heard"] = line.recv(65536)
                try:
                    for piece in made["pieces"]:
                        line.sendall(piece)
                        time.sleep(made["pause"])
                except OSError:
                    continue

    threading.Thread(target=run, daemon=True).start()
    made["url"] = f"http://127.0.0.1:{server.getsockname()[1]}/send"
    settings.EGRESS_TRUSTED = [made["url"].removesuffix("/send")]
    yield made
    server.close()


def test_an_answer_is_read_no_further_than_it_may_be_long(speaker):
    speaker["pieces"] = [b"HTTP/1.1 201 Created\r\nX-One: 1\r\n\r\n", b"x" * 200_000]

    answer = post(speaker["url"], body=b"b", headers={"TTL": "60"}, most_bytes=1000)

    assert (answer.status, answer.headers["x-one"], len(answer.body)) == (201, "1", 1000)
    assert b"POST /send HTTP/1.1" in speaker["heard"] and b"TTL: 60" in speaker["heard"]
    assert b"Cookie" not in speaker["heard"]


def test_a_redirect_is_an_answer_and_not_a_way(speaker):
    speaker["pieces"] = [b"HTTP/1.1 307 T\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"]

    assert post(speaker["url"], body=b"", headers={}).status == 307


def test_a_slow_speaker_is_cut_off_at_the_deadline(speaker):
    speaker["pieces"] = [b"HTTP/1.1 200 OK\r\n"] + [b"X-More: 1\r\n"] * 80
    speaker["pause"] = 0.1
    began = time.monotonic()

    with pytest.raises(EgressFailed):
        post(speaker["url"], body=b"", headers={}, deadline=0.6)

    assert time.monotonic() - began < 3


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_answer_is_a_failure(speaker, said):
    speaker["pieces"] = [said]

    with pytest.raises(EgressFailed):
        post(speaker["url"], body=b"", headers={})


def test_a_header_with_a_line_break_never_leaves(speaker):
    with pytest.raises(EgressFailed):
        post(speaker["url"], body=b"", headers={"Topic": "a\r\nX: b"})
