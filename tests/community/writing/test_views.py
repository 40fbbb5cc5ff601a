from typing import Any

import pytest
from django.test import Client

from community.writing import registry
from community.writing.actions import add_image, attach_uploads, save_draft
from community.writing.markdown import Mention
from community.writing.models import Draft, Upload
from community.writing.queries import get_draft
from tests.community.writing.pictures import encoded, photo, upload

PICTURE = encoded(photo(300, 200))


@pytest.fixture
def as_alice(client: Client, alice: Any) -> Client:
    client.force_login(alice)
    return client


def test_a_script_gets_the_markdown_of_a_new_picture(as_alice: Client) -> None:
    answer = as_alice.post("/uploads/", {"file": upload(PICTURE)})

    assert answer.status_code == 201
    key = Upload.objects.get().key
    assert answer.json() == {
        "key": key,
        "url": f"/files/{key}/640.webp",
        "markdown": f"![tent](/files/{key}/640.webp#300x200)",
    }


@pytest.mark.parametrize(
    ("data", "code", "status"),
    [
        ({"file": upload(b"<svg/>", "a.png")}, "image_kind_unknown", 422),
        ({}, "image_kind_unknown", 422),
        ({"file": "text"}, "image_kind_unknown", 422),
    ],
)
def test_a_script_gets_the_reason_of_a_refusal(as_alice: Client, data: Any, code: str, status: int) -> None:
    answer = as_alice.post("/uploads/", data)

    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["detail"]
    assert not Upload.objects.exists()


def test_without_script_the_picture_lands_in_the_draft(as_alice: Client, alice: Any) -> None:
    save_draft(actor=alice, key="new-thread", body="old", data={"space": 3})

    answer = as_alice.post(
        "/uploads/",
        {
            "file": upload(PICTURE),
            "draft_key": "new-thread",
            "title": "Tents",
            "body": "Look:",
            "next": "/new/",
        },
    )

    assert (answer.status_code, answer["Location"]) == (303, "/new/")
    draft = get_draft(alice, "new-thread")
    assert draft is not None
    assert draft.body == f"Look:\n\n{Upload.objects.get().markdown}\n"
    assert (draft.title, draft.data) == ("Tents", {"space": 3})


def test_without_script_a_refused_picture_keeps_what_was_typed(as_alice: Client, alice: Any) -> None:
    as_alice.post(
        "/uploads/", {"file": upload(b"<svg/>"), "draft_key": "new-thread", "body": "Look:", "next": "/new/"}
    )

    draft = get_draft(alice, "new-thread")
    assert draft is not None and draft.body == "Look:"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_going_back_never_leaves_this_site(as_alice: Client, address: str) -> None:
    answer = as_alice.post("/drafts/discard/", {"key": "new-thread", "next": address})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("path", ["/uploads/", "/writing/preview/", "/drafts/save/", "/drafts/discard/"])
def test_guests_are_asked_to_sign_in_and_nothing_is_read_by_get(
    client: Client, as_alice: Client, path: str
) -> None:
    assert Client().post(path).status_code == 302
    assert as_alice.get(path).status_code == 405


def test_a_public_picture_is_sent_as_a_picture_and_nothing_else(client: Client, alice: Any) -> None:
    portrait = add_image(actor=alice, file=upload(PICTURE), kind="avatar")

    answer = client.get(portrait.url_for("96"))

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:4] == b"RIFF"  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_private_picture_is_asked_for_every_time(as_alice: Client, alice: Any) -> None:
    picture = add_image(actor=alice, file=upload(PICTURE))

    first = as_alice.get(picture.url_for("640"))
    second = as_alice.get(picture.url_for("640"), headers={"If-None-Match": first["ETag"]})
    stranger = Client().get(picture.url_for("640"), headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, second.status_code, stranger.status_code) == (200, 304, 404)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]


def test_losing_access_closes_the_picture_at_once(client: Client, alice: Any, bob: Any) -> None:
    may_see = [True]
    registry.visibility_checks["tests.space"] = lambda viewer, pk: viewer == bob and may_see[0]
    picture = add_image(actor=alice, file=upload(PICTURE))
    attach_uploads(
        actor=alice, keys=[picture.key], target_type="tests.space", target_pk=1, audience="private"
    )
    client.force_login(bob)
    assert client.get(picture.url_for("640")).status_code == 200

    may_see[0] = False

    assert client.get(picture.url_for("640")).status_code == 404
    del registry.visibility_checks["tests.space"]


@pytest.mark.parametrize(
    "path",
    [
        "/files/{key}/1281.webp",
        "/files/{other}/640.webp",
        "/files/{key}/640.png",
        "/files/{key}/../640.webp",
        "/files/{key}/",
    ],
)
def test_no_neighbouring_name_can_be_guessed(as_alice: Client, alice: Any, path: str) -> None:
    picture = add_image(actor=alice, file=upload(PICTURE))

    address = path.format(key=picture.key, other=f"{int(picture.key, 16) ^ 1:032x}")

    assert as_alice.get(address).status_code == 404


def test_a_preview_looks_like_the_post_will(as_alice: Client) -> None:
    before = registry.resolver()
    registry.use_resolver(lambda handles: {"bob": Mention("bob", "/@bob/")} if "bob" in handles else {})

    answer = as_alice.post("/writing/preview/", {"body": "**Hi** @bob <script>"})

    assert answer.content.decode() == (
        '<p><strong>Hi</strong> <a class="mention" href="/@bob/">@bob</a> &lt;script&gt;</p>\n'
    )
    registry.use_resolver(before)


def test_a_preview_may_read_another_field_and_says_when_there_is_nothing(as_alice: Client) -> None:
    assert (
        "about me" in as_alice.post("/writing/preview/?field=bio_md", {"bio_md": "about me"}).content.decode()
    )
    assert "Nothing to show yet" in as_alice.post("/writing/preview/", {"body": " "}).content.decode()


def test_previews_are_limited(as_alice: Client, settings: Any) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"writing.preview": "1/min"}

    statuses = [as_alice.post("/writing/preview/", {"body": "a"}).status_code for _ in range(2)]

    assert statuses == [200, 429]


def test_a_script_keeps_and_forgets_drafts(as_alice: Client, alice: Any) -> None:
    saved = as_alice.post("/drafts/save/", {"key": "reply:5", "body": "Half a thought"})
    assert saved.status_code == 204
    assert Draft.objects.get().body == "Half a thought"

    discarded = as_alice.post("/drafts/discard/", {"key": "reply:5", "next": "/t/5/"})

    assert (discarded.status_code, discarded["Location"]) == (303, "/t/5/")
    assert not Draft.objects.exists()
