"""What programs and other sites see of us in a real browser: the API reference, the widget; and search."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from community.integrations.models import EmbedOrigin
from community.integrations.queries import forget_origins
from tests.browser.conftest import faults_of
from tests.browser.pictures import keep_picture

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def test_the_api_reference_draws_itself_from_our_own_files(open_page: Open, demo: str) -> None:
    page = open_page("/api/v1/docs/", who="dewi")

    expect(page.locator(".opblock").first).to_be_visible(timeout=20_000)
    keep_picture(page, "docs")
    # What is in sight is drawn, the rest as one comes to it; each operation has an address that leads there.
    for operation in ("Threads/listThreads", "Rooms/typeInRoom", "Me/getMe"):
        page.goto(page.url.split("#")[0] + f"#/{operation}")
        page.reload()
        expect(page.locator(f"#operations-{operation.replace('/', '-')}")).to_be_visible(timeout=20_000)
    assert page.said == []  # type: ignore[attr-defined]

    page.get_by_role("button", name="Execute").click()
    expect(
        page.locator("#operations-Me-getMe .live-responses-table tbody .response-col_status").first
    ).to_contain_text("200", timeout=10_000)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_search_is_accessible_and_within_the_policy(
    open_page: Open, demo: str, look: str, width: int
) -> None:
    from community.activity import relay

    relay.deliver_due(at_most=100_000)
    for name, path in (
        ("search", "/search/?q=pole"),
        ("nothing", "/search/?q=submarine"),
        ("people", "/search/?q=ma&type=people"),
    ):
        page = open_page(path, look=look, width=width)
        keep_picture(page, f"{name}-{look}-{width}")
        assert faults_of(page) == []
        assert page.said == []  # type: ignore[attr-defined]


def test_suggestions_come_while_typing_and_go_when_one_leaves(open_page: Open, demo: str) -> None:
    from community.activity import relay

    relay.deliver_due(at_most=100_000)
    page = open_page("/people/")
    page.get_by_label("Search the community").press_sequentially("pole")

    offered = page.locator("#suggestions a").first
    expect(offered).to_be_visible(timeout=10_000)
    keep_picture(page, "suggestions")
    assert faults_of(page) == []
    page.mouse.click(1300, 700)
    expect(offered).to_be_hidden()
    assert page.said == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "who"), [("/me/settings/keys/", "dewi"), ("/embed/preview/", "dewi"), ("/embed/latest/", "")]
)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_pages_for_managers_are_accessible(
    open_page: Open, demo: str, path: str, who: str, look: str
) -> None:
    page = open_page(path, who=who, look=look)

    keep_picture(page, f"{path.strip('/').replace('/', '-')}-{look}")
    assert faults_of(page) == []
    assert page.said == []  # type: ignore[attr-defined]


@contextmanager
def site_of_the_brand(home: str) -> Iterator[str]:
    """Another site on this machine, with the widget in its page. Yields its origin."""
    page = f"""<!doctype html><title>Shop</title><link rel="icon" href="data:,">
      <div data-porchlight="latest" data-limit="3" data-title="Community"></div>
      <script src="{home}/embed.js" async></script>"""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_the_widget_grows_inside_a_registered_site_and_nowhere_else(
    open_page: Open, demo: str, live_server: Any
) -> None:
    page = open_page("/guidelines/")
    with site_of_the_brand(live_server.url) as shop, site_of_the_brand(live_server.url) as stranger:
        # A request under way that read the sites before would remember them after.
        page.wait_for_load_state("networkidle")
        EmbedOrigin.objects.create(origin=shop)

        frame = page.frame_locator("iframe[title='Community']")
        for _visit in range(3):
            # What a server with much to do could not forget in time, it forgets at the next visit.
            forget_origins()
            page.goto(f"{shop}/product")
            page.locator("iframe").scroll_into_view_if_needed()  # it is loaded when it comes into sight
            with suppress(AssertionError):
                expect(frame.locator("li")).to_have_count(3, timeout=10_000)
                break
        seen = [(each.url, each.locator("body").inner_text()) for each in page.frames[1:]]
        expect(frame.locator("li"), f"seen: {seen}, said: {page.said}").to_have_count(3)  # type: ignore[attr-defined]
        page.wait_for_timeout(300)
        height = page.locator("iframe").bounding_box()["height"]  # type: ignore[index]
        inside = frame.locator("html").bounding_box()["height"]  # type: ignore[index]
        assert abs(height - inside) <= 2
        keep_picture(page, "widget")

        page.goto(stranger)
        page.wait_for_timeout(1000)
        assert page.frame_locator("iframe").locator("li").count() == 0
    forget_origins()
