"""Who may speak to what. Families and features are import-linter's; these are the rules it cannot say."""

from collections.abc import Iterable

import pytest

from tests.architecture.code import Module, modules

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "lib", "tools"}

SPEAKS_CELERY = ("community/activity/", "config/")
# A doorbell of its own: it rings the sending of mail by task name, after commit, and may be lost.
RINGS = ("community/notifications/mail/queue.py",)
SPEAKS_SIGNALS = (
    "community/members/apps.py",
    "community/members/joining.py",
    "community/privacy/returning.py",
    "config/celery.py",
)
# `egress` is the guarded way out for addresses that others give us; channels call through it.
SPEAKS_NETWORK = (
    "community/egress.py",
    "community/notifications/channels/",
    "community/notifications/mail/",
    "config/",
)
# Turns what allauth wants to say into rows, except when there is no member to write to yet.
WRITES_TO_STRANGERS = ("community/notifications/account_mail.py",)
NETWORK = ("smtplib", "requests", "urllib.request", "http.client", "httpx", "aiohttp", "socket", "ftplib")
MAIL = (
    "django.core.mail.EmailMessage",
    "django.core.mail.EmailMultiAlternatives",
    "django.core.mail.send_mail",
    "django.core.mail.get_connection",
)
PURE_ROOMS = ("models", "verbs", "limits", "permissions", "queries", "actions", "consumers", "notices")


def outside(*allowed: str) -> Iterable[Module]:
    return (module for module in modules() if not module.name.startswith(allowed))


def test_no_module_is_a_drawer() -> None:
    found = [module.name for module in modules() if DRAWERS & set(module.parts)]

    # Its services are the database and the queue, which people do call services.
    assert found == ["config/stack/services.py"]


def test_only_the_spine_and_tasks_speak_to_celery() -> None:
    found = [
        line
        for module in outside(*SPEAKS_CELERY, *RINGS)
        if not module.is_room("tasks")
        for line in module.imports_any("celery", "kombu")
    ]

    assert found == []


def test_tasks_only_fetch_and_call() -> None:
    long = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in modules()
        if module.parts[-1] == "tasks"
        for function in module.functions()
        if len(function.body) > 6
    ]

    assert long == []


def test_there_are_no_signals_but_those_that_allauth_sends() -> None:
    names = (
        "django.db.models.signals",
        "django.dispatch",
        "django.core.signals",
        "django.contrib.auth.signals",
    )
    found = [line for module in modules() for line in module.imports_any(*names)]
    found += [
        line
        for module in outside(*SPEAKS_SIGNALS)
        for line in module.imports_any("allauth.account.signals", "celery.signals")
    ]

    assert found == []


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_no_rule_knows_of_requests(room: str) -> None:
    names = ("django.http", "rest_framework", "django.shortcuts", "django.views", "django.contrib.messages")
    found = [line for module in modules() if module.is_room(room) for line in module.imports_any(*names)]

    assert found == []


def test_only_channels_speak_to_the_network() -> None:
    found = [line for module in outside(*SPEAKS_NETWORK) for line in module.imports_any(*NETWORK)]

    # The limited process closes the network to itself; naming `socket` there is how.
    assert [line for line in found if "limited_worker" not in line] == []


def test_only_channels_send_mail() -> None:
    found = [
        line
        for module in outside(*SPEAKS_NETWORK, *WRITES_TO_STRANGERS)
        for line in module.imports_any(*MAIL)
    ]

    assert found == []


def test_objects_enter_a_request_through_one_door() -> None:
    found = [
        line
        for module in modules()
        for line in module.imports_any(
            "django.shortcuts.get_object_or_404", "django.shortcuts.get_list_or_404"
        )
    ]

    assert found == []
