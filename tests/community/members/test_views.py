"""Profiles, the directory, settings."""

import io
import secrets
from typing import Any

import pytest
from PIL import Image

from community.members.models import Member

pytestmark = pytest.mark.django_db


def test_a_guest_reads_a_profile_by_its_handle_in_any_case(sign_in: Any, alice: Any) -> None:
    page = sign_in(None).get("/@Alice/")

    assert page.status_code == 200
    assert "Alice Arden" in page.content.decode()


def test_someone_who_left_looks_like_someone_who_never_was(sign_in: Any, make_member: Any) -> None:
    make_member("gone", is_active=False)

    gone, never = sign_in(None).get("/@gone/"), sign_in(None).get("/@never/")

    assert gone.status_code == never.status_code == 404
    assert gone.content.replace(b"gone", b"never") == never.content


def test_people_are_found_by_name_and_pages_go_on_without_gaps(sign_in: Any, make_member: Any) -> None:
    for n in range(30):
        make_member(f"person-{n}", accepted_count=n % 3)
    client = sign_in(None)
    seen: list[str] = []
    url = "/people/?sort=helpful"
    while url:
        text = client.get(url).content.decode()
        seen += [line.split('"')[0] for line in text.split('class="name" href="/@')[1:]]
        rest = text.split('rel="next"')[0].split('href="')[-1] if 'rel="next"' in text else ""
        url = "/people/" + rest.split('"')[0].replace("&amp;", "&") if rest else ""

    assert len(seen) == len(set(seen)) == 30
    assert "Person-7" in client.get("/people/?q=person-7").content.decode()


@pytest.mark.parametrize("after", ["x", "~", "1~x", "99999999999999999999~1", "nan~1", "-5~3", "\x00~1"])
def test_a_made_up_cursor_starts_from_the_beginning(sign_in: Any, alice: Any, after: str) -> None:
    for sort in ("helpful", "newest"):
        assert sign_in(None).get("/people/", {"sort": sort, "after": after}).status_code == 200


def test_a_profile_costs_the_same_for_a_busy_member(
    sign_in: Any, alice: Any, bob: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(bob)
    client.get("/@alice/")

    with django_assert_max_num_queries(12):
        client.get("/@alice/")


def test_following_works_with_and_without_script(sign_in: Any, alice: Any, bob: Any) -> None:
    client = sign_in(bob)

    plain = client.post("/@alice/follow/", {"on": "1"})
    assert (plain.status_code, plain["Location"]) == (302, "/@alice/")
    assert bob.following.count() == 1

    fragment = client.post("/@alice/follow/", {"on": "0"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 200 and b'id="follow-member"' in fragment.content
    assert bob.following.count() == 0


def test_settings_are_closed_to_guests_and_lead_back_after_signing_in(sign_in: Any) -> None:
    answer = sign_in(None).get("/me/settings/privacy/")

    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fme%2Fsettings%2Fprivacy%2F"


def test_a_profile_is_saved_with_its_text_rendered(sign_in: Any, alice: Any) -> None:
    client = sign_in(alice)

    answer = client.post(
        "/me/settings/profile/", {"name": "Alice", "bio_md": "I **pitch** tents.<script>x</script>"}
    )

    assert answer.status_code == 302
    alice.refresh_from_db()
    assert "<strong>pitch</strong>" in alice.bio_html and "<script" not in alice.bio_html


def test_a_name_is_asked_for_kindly_and_nothing_typed_is_lost(sign_in: Any, alice: Any) -> None:
    answer = sign_in(alice).post("/me/settings/profile/", {"name": "", "bio_md": "Kept text"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Enter the name others should see." in text and "Kept text" in text
    assert Member.objects.get(pk=alice.pk).name == "Alice Arden"


def test_a_picture_is_drawn_again_before_it_is_shown(sign_in: Any, alice: Any) -> None:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(file, "JPEG")
    file.seek(0)
    file.name = "me.jpg"

    sign_in(alice).post("/me/settings/profile/", {"name": "Alice", "picture": file})

    alice.refresh_from_db()
    assert alice.avatar_url.startswith("/files/") and alice.avatar_url.endswith(".webp")


def test_a_picture_that_is_none_is_refused_in_words(sign_in: Any, alice: Any) -> None:
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "me.png"

    answer = sign_in(alice).post("/me/settings/profile/", {"name": "Alice", "picture": file})

    assert answer.status_code == 422
    assert Member.objects.get(pk=alice.pk).avatar_url == ""


def test_privacy_and_appearance_are_saved(sign_in: Any, alice: Any) -> None:
    client = sign_in(alice)

    client.post("/me/settings/privacy/", {"on_leaderboards": "on"})
    client.post("/me/settings/appearance/", {"theme": "dark", "language": "ar", "time_zone": "Europe/Oslo"})

    alice.refresh_from_db()
    assert alice.on_leaderboards and not alice.show_points
    assert (alice.theme, alice.language, alice.time_zone) == ("dark", "ar", "Europe/Oslo")
    assert 'dir="rtl"' in client.get("/people/").content.decode()


def test_a_member_is_blocked_from_the_profile_and_let_back_from_the_settings(
    alice: Any, bob: Any, sign_in: Any
) -> None:
    client = sign_in(alice)

    assert client.post("/@bob/block/", {"on": "1"}).status_code == 303
    profile, settings = (
        client.get("/@bob/").content.decode(),
        client.get("/me/settings/privacy/").content.decode(),
    )
    assert "Unblock" in profile
    assert "Bob Birch" in settings
    answer = client.post("/@bob/block/", {"on": "0", "next": "/me/settings/privacy/"})

    assert answer["Location"] == "/me/settings/privacy/"
    assert "Bob Birch" not in client.get("/me/settings/privacy/").content.decode().partition("</nav>")[
        2
    ].replace("Bob Birch can reach", "")


def test_the_blocked_see_the_profile_as_before(alice: Any, bob: Any, sign_in: Any) -> None:
    before = sign_in(bob).get("/@alice/").content.decode()
    sign_in(alice).post("/@bob/block/", {"on": "1"})

    after = sign_in(bob).get("/@alice/").content.decode()

    assert "Block" in after
    assert ("Follow" in after) is ("Follow" in before)


def test_looking_for_people_is_limited_by_member_and_by_network(
    client: Any, sign_in: Any, alice: Any, settings: Any
) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"people-{secrets.token_hex(4)}"
    settings.LIMITS = {"members.find": "1/h", "members.find_guest": "1/h"}

    for reader in (client, sign_in(alice)):
        assert [reader.get("/people/?q=ali").status_code for _time in range(2)] == [200, 429]
        assert reader.get("/people/").status_code == 200


def test_the_directory_of_a_community_without_anyone_invites(sign_in: Any) -> None:
    page, narrowed = (sign_in(None).get(path).content.decode() for path in ("/people/", "/people/?q=zz"))

    assert "Nobody here yet" in page
    assert 'href="/join/"' in page
    assert "Nobody fits" in narrowed
