"""Notices to a real browser, the page without a connection, and the community as an app.

The push services of browser makers cannot be reached from a test: a service of our own takes the calls, opens them with the
browser's key, and what it found is handed to the worker by the browser's own tools.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.activity import relay
from community.members.models import Member
from community.notifications.models import OutboundPush, PushSubscription
from community.notifications.push.sending import send_due_push
from community.threads.actions import reply_to_thread, start_thread
from tests.browser.conftest import faults_of
from tests.browser.pictures import keep_picture
from tests.browser.test_notices import _zone_at_noon
from tests.community.notifications.pushservice import Browser, PushService
from tests.community.notifications.pushservice import service as service

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
SETTINGS = "/me/settings/notifications/"
# What a browser's push service would have answered; the rest of the browser is real.
SUBSCRIBE = """
const given = %s;
let now = null;
const subscription = () => ({
  endpoint: given.endpoint,
  options: {},
  toJSON: () => given,
  unsubscribe: async () => { sessionStorage.removeItem("told"); return true; },
});
PushManager.prototype.subscribe = async (options) => {
  if (options.applicationServerKey.length !== 65 || !options.userVisibleOnly) throw new Error("not so");
  sessionStorage.setItem("told", "1");
  return subscription();
};
PushManager.prototype.getSubscription = async () => sessionStorage.getItem("told") ? subscription() : null;
"""


@pytest.fixture
def open_told(open_page: Open, service: PushService) -> Callable[..., tuple[Page, Browser]]:
    """Open the settings in a browser that may show notices and has a push service."""

    def run(who: str, **options: Any) -> tuple[Page, Browser]:
        browser = service.browser(who)
        options = {"permissions": ["notifications"], "service_workers": "allow", **options}
        page = open_page("/guidelines/", who=who, **options)
        given = {"endpoint": browser.endpoint, "keys": browser.keys}
        page.add_init_script(SUBSCRIBE % json.dumps(given))
        page.goto(page.url.replace("/guidelines/", SETTINGS))
        return page, browser

    return run


@pytest.fixture
def registration() -> Iterator[Callable[[Page], tuple[Any, str]]]:
    """The worker of a page as the browser's tools know it."""

    def find(page: Page) -> tuple[Any, str]:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        tools, found = page.context.new_cdp_session(page), []
        tools.on(
            "ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"])
        )
        tools.send("ServiceWorker.enable")
        for _again in range(50):
            if found:
                break
            page.wait_for_timeout(50)
        return tools, found[0]["registrationId"]

    yield find


def wait_for_control(page: Page) -> None:
    """Until the worker stands between the page and the network. Nothing is evaluated in the page: its policy forbids it."""
    for _again in range(100):
        if page.evaluate("() => navigator.serviceWorker.controller !== null"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("no worker took over")


def shown(page: Page, *, count: int = 1) -> list[dict[str, Any]]:
    """The notices this browser shows, as soon as there are so many."""
    said: list[dict[str, Any]] = []
    for _again in range(60):
        said = page.evaluate(
            "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.map((one) => "
            "({title: one.title, body: one.body, tag: one.tag, lang: one.lang, icon: one.icon, url: one.data.url})))"
        )
        if len(said) >= count:
            break
        page.wait_for_timeout(50)
    return said


def deliver(page: Page, tools: Any, registration_id: str, said: Any) -> None:
    origin = "/".join(page.url.split("/")[:3])
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registration_id, "data": json.dumps(said)},
    )


def answer_a_question(asked_by: Member, answered_by: Member, space: Any) -> str:
    thread = start_thread(
        actor=asked_by,
        space=space,
        title="Which poles hold in a gale?",
        body="Mine broke.",
        kind="question",
        tags=[],
    )
    reply_to_thread(actor=answered_by, thread=thread, body="Aluminium bends and can be mended.")
    relay.deliver_due(at_most=1000)
    Member.objects.filter(pk=asked_by.pk).update(time_zone=_zone_at_noon(timezone.now().hour))
    OutboundPush.objects.update(due_at=timezone.now())
    return thread.get_absolute_url()


def test_from_turning_it_on_to_the_click(
    open_told: Any, registration: Any, service: PushService, alice: Member, bob: Member, space: Any
) -> None:
    page, browser = open_told("alice")

    page.get_by_role("button", name="Turn on in this browser").click()
    expect(page.get_by_text("Notices are on in this browser now.")).to_be_visible()
    expect(page.get_by_role("button", name="Turn off in this browser")).to_be_visible()
    expect(page.locator(".browsers [data-here]")).to_be_visible()
    assert PushSubscription.objects.get().member == alice

    thread = answer_a_question(alice, bob, space)
    assert send_due_push() == 1
    (said,) = service.read(browser)
    tools, number = registration(page)
    deliver(page, tools, number, said)

    (notice,) = shown(page)
    assert notice["title"] == "Bob Birch answered your question"
    assert notice["body"] == "Which poles hold in a gale?"
    assert (notice["tag"], notice["lang"]) == (said["tag"], "en")
    assert "/icons/192.png" in notice["icon"]

    deliver(page, tools, number, {**said, "title": "Bob Birch answered again"})
    page.wait_for_timeout(300)
    assert [one["title"] for one in shown(page)] == ["Bob Birch answered again"]

    (worker,) = page.context.service_workers
    worker.evaluate(
        "self.registration.getNotifications().then(([notification]) =>"
        " self.dispatchEvent(new NotificationEvent('notificationclick', {notification})))"
    )
    page.wait_for_url(f"**{thread}#post-*")
    assert page.said == []  # type: ignore[attr-defined]


def test_turning_it_off_ends_it_here_and_there(open_told: Any, service: PushService, alice: Member) -> None:
    page, _browser = open_told("alice")
    page.get_by_role("button", name="Turn on in this browser").click()

    page.get_by_role("button", name="Turn off in this browser").click()

    expect(page.get_by_role("button", name="Turn on in this browser")).to_be_visible()
    assert not PushSubscription.objects.exists()
    assert page.evaluate("sessionStorage.getItem('told')") is None


def test_a_browser_that_forbids_it_is_told_where_to_change_that(
    open_page: Open, service: Any, alice: Member
) -> None:
    page = open_page("/guidelines/", who="alice", service_workers="allow")
    page.add_init_script("Object.defineProperty(Notification, 'permission', {get: () => 'denied'})")
    page.goto(page.url.replace("/guidelines/", SETTINGS))

    expect(page.get_by_text("does not allow notices of this site")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on in this browser")).to_be_hidden()


def test_a_push_service_that_does_not_answer_is_no_dead_end(open_told: Any, alice: Member) -> None:
    page, _browser = open_told("alice")
    page.evaluate(
        "() => { PushManager.prototype.subscribe = async () => { throw new Error('no service'); }; }"
    )

    page.get_by_role("button", name="Turn on in this browser").click()

    expect(page.get_by_role("alert").filter(has_text="did not answer")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on in this browser")).to_be_visible()
    assert not PushSubscription.objects.exists()


def test_a_message_that_is_none_still_shows_something_harmless(
    open_told: Any, registration: Any, alice: Member
) -> None:
    page, _browser = open_told("alice")
    page.evaluate("navigator.serviceWorker.register('/service-worker.js')")
    tools, number = registration(page)
    deliver(page, tools, number, {"url": "https://elsewhere.example/phish"})
    (notice,) = shown(page)
    assert notice["title"] == "Porchlight"

    (worker,) = page.context.service_workers
    worker.evaluate(
        "self.registration.getNotifications().then(([notification]) =>"
        " self.dispatchEvent(new NotificationEvent('notificationclick', {notification})))"
    )
    page.wait_for_timeout(500)

    assert "elsewhere" not in page.url


def test_without_script_the_list_and_its_buttons_are_there(
    open_page: Open, service: PushService, alice: Member
) -> None:
    PushSubscription.objects.create(
        member=alice, endpoint="https://push.example.net/a", label="Firefox on Linux"
    )
    page = open_page(SETTINGS, who="alice", java_script_enabled=False)
    # This browser's tools switch scripts off without showing what is meant for that.
    assert "it needs JavaScript" in page.content()
    for part in ("Turn on in this browser", "Turn off in this browser", "This browser"):
        expect(page.get_by_text(part, exact=True)).to_be_hidden()

    page.get_by_role("button", name="Firefox on Linux").click()

    expect(page.get_by_text("That browser gets no more notices.")).to_be_visible()
    assert not PushSubscription.objects.exists()


def test_the_box_is_accessible_and_fits(open_told: Any, service: PushService, alice: Member) -> None:
    wrong = []
    for label in ("Safari on iPhone", "Firefox on Windows"):
        address = f"https://push.example.net/{label[:3]}"
        PushSubscription.objects.create(member=alice, endpoint=address, label=label)
    for width, look in ((1440, "light"), (390, "dark"), (1440, "dark"), (390, "light")):
        page, _browser = open_told("alice", width=width, look=look)
        page.get_by_role("button", name="Turn on in this browser").click()
        expect(page.get_by_text("Notices are on in this browser now.")).to_be_visible()
        expect(page.get_by_role("button", name="Turn off in this browser")).to_be_visible()
        page.wait_for_load_state("networkidle")
        keep_picture(page, f"push-{look}-{width}")
        wrong += [f"{width} {look}: {fault}" for fault in faults_of(page)]
        wrong += [f"{width} {look}: {line}" for line in page.said]  # type: ignore[attr-defined]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{width} {look}: wider than the screen")

    assert wrong == []


def kept(page: Page) -> list[str]:
    """The addresses of everything this browser keeps for when there is no connection."""
    return page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
        ".then((all) => all.flat().map((one) => new URL(one.url).pathname))"
    )


def test_without_a_connection_a_page_of_ours_says_so_and_nothing_personal_is_kept(
    open_page: Open, alice: Member, space: Any
) -> None:
    for look, width in (("light", 1440), ("dark", 390)):
        page = open_page("/", who="alice", look=look, width=width, service_workers="allow")
        page.evaluate("navigator.serviceWorker.register('/service-worker.js')")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        wait_for_control(page)
        page.reload()
        page.goto(page.url + "notifications/")

        page.context.set_offline(True)
        page.goto(page.url)

        expect(page.get_by_role("heading", name="No connection")).to_be_visible()
        assert page.evaluate(
            "getComputedStyle(document.querySelector('.btn-brand')).backgroundColor"
        ) not in (
            "",
            "rgba(0, 0, 0, 0)",
        )
        keep_picture(page, f"offline-{look}-{width}")
        assert all(path == "/offline/" or path.startswith(("/static/", "/theme-")) for path in kept(page))
        assert "/offline/" in kept(page)

        page.context.set_offline(False)
        page.get_by_role("link", name="Try again").click()
        expect(page.get_by_role("heading", name="Notifications")).to_be_visible()


def test_the_offline_page_is_accessible(open_page: Open, db: None) -> None:
    for look in ("light", "dark"):
        page = open_page("/offline/", look=look)
        assert faults_of(page) == []
        assert page.said == []  # type: ignore[attr-defined]


def test_the_community_can_be_installed_as_an_app(open_page: Open, alice: Member) -> None:
    page = open_page("/", who="alice", service_workers="allow")
    tools = page.context.new_cdp_session(page)

    manifest = tools.send("Page.getAppManifest")
    errors = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["url"].endswith("/app.webmanifest") and manifest["errors"] == []
    assert json.loads(manifest["data"])["display"] == "standalone"
    # Each test has a window of its own that keeps nothing, where no browser installs anything.
    assert [error["errorId"] for error in errors] in ([], ["in-incognito"])


def test_every_member_gets_the_worker_once_the_page_has_come_to_rest(open_page: Open, alice: Member) -> None:
    page = open_page("/guidelines/", who="alice", service_workers="allow")

    page.wait_for_timeout(4500)

    assert page.evaluate("navigator.serviceWorker.getRegistration('/').then((one) => Boolean(one))")
    assert page.said == []  # type: ignore[attr-defined]


def test_signing_out_ends_the_notices_of_this_browser(open_told: Any, alice: Member) -> None:
    page, _browser = open_told("alice")
    page.evaluate("navigator.serviceWorker.register('/service-worker.js')")
    wait_for_control(page)
    (worker,) = page.context.service_workers
    worker.evaluate(
        "() => { PushManager.prototype.getSubscription = async () => "
        "({ unsubscribe: async () => { self.left = true; } }); }"
    )

    page.goto(page.url.replace(SETTINGS, "/sign-out/"))
    assert worker.evaluate("() => Boolean(self.left)") is False
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/")

    assert worker.evaluate("() => Boolean(self.left)") is True
