"""By which names the site may be asked for."""

import socket

import pytest

from config.stack import diagnosis, hosts

LOCAL = ["localhost", ".localhost", "127.0.0.1", "[::1]"]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BASE_URL", "HOST", "PORT", "ALLOWED_HOSTS"):
        monkeypatch.setenv(name, "")


def test_a_trial_answers_to_this_machine_only() -> None:
    assert hosts.allowed() == LOCAL


def test_the_name_of_the_site_and_what_is_named_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_URL", "http://Mybox.lan:8000")
    monkeypatch.setenv("ALLOWED_HOSTS", " other.lan, 10.0.0.7 ,,")

    assert hosts.allowed() == ["mybox.lan", *LOCAL, "other.lan", "10.0.0.7"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://community.example.org", "community.example.org"),
        ("https://[2001:db8::7]:8443", "[2001:db8::7]"),
    ],
)
def test_a_public_site_answers_to_its_own_name(monkeypatch: pytest.MonkeyPatch, url: str, name: str) -> None:
    monkeypatch.setenv("BASE_URL", url)
    monkeypatch.setenv("HOST", "0.0.0.0")

    assert hosts.allowed() == [name]


def test_who_lets_others_in_is_found_at_the_addresses_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert set(hosts.allowed()) >= {*LOCAL, socket.gethostname().lower()}
    assert "*" not in hosts.allowed() and "0.0.0.0" not in hosts.allowed()

    monkeypatch.setenv("HOST", "192.168.1.20")
    assert "192.168.1.20" in hosts.allowed()


def test_the_doctor_warns_of_any_name_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(finding.fine for finding in diagnosis.names())

    monkeypatch.setenv("ALLOWED_HOSTS", "*")
    (found,) = diagnosis.names()
    assert not found.fine and not found.fatal
