"""Cards of links: asked once and safely, shown when they come, gone when they may not be shown."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import edit_post, move_thread
from community.threads.models import Post, PostRevision
from community.writing.card_actions import save_card_rules
from community.writing.card_fetching import fetch_due_cards, show_changed_cards
from community.writing.card_models import CardRules, CardState, CardUse, LinkCard
from community.writing.models import Upload
from community.writing.tasks import fetch_cards
from tests.community.writing.pages import Strangers, strangers
from tests.community.writing.pictures import encoded, photo

HEAD = (
    '<title>Plain title</title><meta property="og:title" content="Poles that &lt;b&gt;bend&lt;/b&gt;">'
    '<meta property="og:description" content="A test of forty poles."><meta property="og:site_name" content="Gale">'
)


@pytest.fixture
def outside(settings: Any) -> Iterator[Strangers]:
    """Strangers whom this copy may call although they are on this machine."""
    with strangers() as known:
        settings.EGRESS_TRUSTED = [known.origin]
        yield known


@pytest.fixture
def say(alice: Any, space: Space, make_thread: Any) -> Any:
    """Begin a thread and return its post as it is now."""

    def begin(body: str, place: Any = space) -> Post:
        return Post.objects.get(thread=make_thread(alice, place, body=body, kind="discussion"))

    return begin


def shown(post: Post) -> str:
    post.refresh_from_db()
    return post.body_html


def test_an_address_alone_on_a_line_gets_a_card_and_nothing_else_changes(
    outside: Strangers, say: Any
) -> None:
    url = outside.add("/poles", HEAD)
    post = say(f"Read this:\n\n{url}\n\nBut {url} not here.")
    before = shown(post)
    assert "link-card" not in before and before.count(f'<a href="{url}"') == 2
    activities = Activity.objects.count()

    assert fetch_cards() == 2

    html = shown(post)
    assert html.count('<p class="link-card">') == 1 and html.count(f'<a href="{url}"') == 2
    assert "<b>Poles that &lt;b&gt;bend&lt;/b&gt;</b>" in html and "A test of forty poles." in html
    assert "<small>Gale</small>" in html
    assert (post.edit_count, post.edited_at, PostRevision.objects.count()) == (0, None, 0)
    assert Activity.objects.count() == activities
    assert [path for path, _said in outside.asked] == ["/poles"]
    assert "Cookie" not in outside.asked[0][1] and "Referer" not in outside.asked[0][1]


def test_a_card_is_shared_and_asked_for_once(outside: Strangers, say: Any, alice: Any, sign_in: Any) -> None:
    url = outside.add("/poles", HEAD)
    first, second = say(f"{url}"), say(f"Here:\n\n{url}")
    fetch_cards()
    third = say(f"And here:\n\n{url}")

    assert all("link-card" in shown(post) for post in (first, second, third))
    assert len(outside.asked) == 1 and LinkCard.objects.count() == 1 and CardUse.objects.count() == 3
    look = sign_in(alice).post("/writing/preview/", {"body": url}).content.decode()
    assert "link-card" in look
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        fetch_cards()
    assert len(outside.asked) == 2


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        ('<meta name="robots" content="noindex, follow">', {}),
        ('<meta name="ROBOTS" content="nosnippet">', {}),
        ("", {"X_Robots_Tag": "none"}),
        ("", {"Content_Type": "application/pdf"}),
    ],
)
def test_pages_that_want_no_card_or_are_none_get_none(
    head: str, headers: dict[str, str], outside: Strangers, say: Any
) -> None:
    post = say(outside.add("/quiet", HEAD + head, **headers))

    fetch_cards()

    assert "link-card" not in shown(post)
    assert LinkCard.objects.get().state == CardState.NOTHING


def test_what_fails_is_tried_ever_later_and_in_the_end_no_more(outside: Strangers, say: Any) -> None:
    url = outside.add("/broken", HEAD, status=503)
    post = say(url)
    now, waits = timezone.now(), []

    for _attempt in range(8):
        with time_machine.travel(now):
            fetch_cards()
            card = LinkCard.objects.get()
            if card.due_at is None:
                break
            waits.append(card.due_at - now)
            now = card.due_at + dt.timedelta(seconds=1)

    assert card.state == CardState.FAILED and card.due_at is None and len(outside.asked) == 6
    assert waits == sorted(waits) and waits[0] >= dt.timedelta(minutes=10)
    assert "link-card" not in shown(post)


def test_a_card_stays_while_its_page_does_not_answer(outside: Strangers, say: Any) -> None:
    url = outside.add("/poles", HEAD)
    post = say(url)
    fetch_cards()
    outside.add("/poles", status=500)

    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        fetch_cards()

    assert "link-card" in shown(post)


@pytest.mark.parametrize(
    "onward", ["http://127.0.0.1:1/secret", "http://169.254.169.254/latest", "file:///etc/passwd", "/round"]
)
def test_a_redirect_leads_nowhere_it_may_not(onward: str, outside: Strangers, say: Any) -> None:
    outside.add("/round", status=302, Location=onward)
    post = say(outside.origin + "/round")

    fetch_cards()

    assert "link-card" not in shown(post)
    assert LinkCard.objects.get().state == CardState.FAILED
    assert {path for path, _said in outside.asked} == {"/round"} and len(outside.asked) <= 4


def test_a_redirect_to_a_page_is_followed(outside: Strangers, say: Any) -> None:
    outside.add("/poles", HEAD)
    outside.add("/short", status=301, Location="/poles")
    post = say(outside.origin + "/short")

    fetch_cards()

    assert "A test of forty poles." in shown(post)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://localhost/x",
        "https://10.0.0.7/x",
        "http://[::1]/x",
        "https://intranet/x",
    ],
)
def test_our_own_network_is_never_asked(url: str, say: Any, db: None) -> None:
    post = say(url)

    fetch_cards()

    card = LinkCard.objects.get()
    assert (card.state, card.due_at) == (CardState.FAILED, None)
    assert "link-card" not in shown(post)


def test_a_picture_is_drawn_anew_and_never_linked_to(outside: Strangers, say: Any, tmp_path: Any) -> None:
    outside.pages["/pole.png"] = (200, {"Content-Type": "image/png"}, encoded(photo(300, 200)))
    url = outside.add("/poles", HEAD + '<meta property="og:image" content="/pole.png">')
    post = say(url)

    fetch_cards()

    upload = Upload.objects.get()
    html = shown(post)
    assert f'<img src="/files/{upload.key}/' in html and "pole.png" not in html
    assert (upload.audience, upload.owner, upload.attached_pk) == ("public", None, LinkCard.objects.get().pk)


def test_what_is_no_picture_leaves_a_card_without_one(outside: Strangers, say: Any) -> None:
    outside.pages["/pole.svg"] = (200, {"Content-Type": "image/svg+xml"}, b"<svg onload=alert(1)>")
    post = say(outside.add("/poles", HEAD + '<meta property="og:image" content="/pole.svg">'))

    fetch_cards()

    assert "link-card" in shown(post) and "<img" not in shown(post)
    assert not Upload.objects.exists()


def test_hostile_words_stay_words(outside: Strangers, say: Any) -> None:
    evil = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
    attr = evil.replace("&", "&amp;").replace('"', "&quot;")
    post = say(
        outside.add(
            "/evil",
            f'<meta property="og:title" content="{attr}"><meta property="og:site_name" content="{attr}">'
            f'<meta name="description" content="{attr}">',
        )
    )

    fetch_cards()

    html = shown(post)
    assert "<script" not in html and "<img" not in html and "&lt;script&gt;" in html


def test_a_huge_page_is_cut_and_a_slow_head_is_bounded(outside: Strangers, say: Any) -> None:
    filler = "<meta name=x content=y>" * 60_000
    post = say(outside.add("/huge", HEAD + filler))

    fetch_cards()

    assert "A test of forty poles." in shown(post)


def test_an_edit_that_takes_the_address_out_forgets_its_use(outside: Strangers, say: Any, alice: Any) -> None:
    post = Post.objects.select_related("thread__space").get(pk=say(outside.add("/poles", HEAD)).pk)
    fetch_cards()
    post.refresh_from_db()

    edit_post(actor=alice, post=post, body="Nothing here any more.")

    assert not CardUse.objects.exists() and "link-card" not in shown(post)


def test_a_text_in_the_middle_of_a_change_is_left_to_it(outside: Strangers, say: Any) -> None:
    post = say(outside.add("/poles", HEAD))
    fetch_due_cards()
    Post.objects.filter(pk=post.pk).update(body_md="Newer.", body_html="<p>Newer.</p>")

    show_changed_cards()

    assert shown(post) == "<p>Newer.</p>\n"


def test_links_to_threads_show_what_guests_may_see(
    say: Any, settings: Any, private_space: Space, alice: Any, manager: Any, deliver_all: Any
) -> None:
    settings.BASE_URL = "https://community.example"
    SpaceMembership.objects.create(space=private_space, member=alice)
    secret, open_ = say("The prototype leaks.", private_space), say("All about soap.")
    post = say(
        "\n\n".join(f"https://community.example/t/{p.thread_id}/" for p in (secret, open_))
        + f"\n\nhttps://community.example/p/{open_.pk}/"
    )

    fetch_cards()
    assert shown(post).count("link-card") == 2
    assert "All about soap." in shown(post) and "prototype" not in shown(post)

    move_thread(actor=manager, thread=open_.thread, space=private_space)
    deliver_all()
    fetch_cards()
    assert "link-card" not in shown(post) and "soap" not in shown(post)


def test_managers_decide_which_hosts_are_asked(outside: Strangers, say: Any, manager: Any, bob: Any) -> None:
    post = say(outside.add("/poles", HEAD))
    fetch_cards()

    with pytest.raises(Refused):
        save_card_rules(actor=bob, changes={"is_on": False})
    with pytest.raises(Invalid):
        save_card_rules(actor=manager, changes={"never_hosts": "https://example.org/x"})
    assert not CardRules.objects.exists() and "link-card" in shown(post)

    save_card_rules(actor=manager, changes={"is_on": False})
    fetch_cards()
    assert "link-card" not in shown(post)
    save_card_rules(actor=manager, changes={"is_on": True, "never_hosts": "127.0.0.1"})
    fetch_cards()
    assert "link-card" not in shown(post)
    save_card_rules(actor=manager, changes={"never_hosts": ""})
    fetch_cards()
    assert "link-card" in shown(post)
    assert Activity.objects.filter(verb="cards.rules_changed").count() == 3


def test_hosts_mean_their_subdomains_too() -> None:
    rules = CardRules(never_hosts="Ads.example\n", only_hosts="example.org\nads.example")

    assert rules.allows("example.org") and rules.allows("www.Example.org.")
    assert not rules.allows("notexample.org") and not rules.allows("x.ads.example")
    assert not CardRules(is_on=False).allows("example.org")


def test_the_rules_are_a_page_of_the_admin(manager: Any, mod: Any, sign_in: Any) -> None:
    path = "/admin/writing/cardrules/1/change/"
    page = sign_in(manager).get(path).content.decode()
    assert "readers are never seen by the other site" in page
    assert sign_in(mod).get(path).status_code == 403

    sign_in(manager).post(path, {"is_on": "on", "never_hosts": "ads.example", "only_hosts": ""})

    assert CardRules.objects.get().never_hosts == "ads.example"
