"""Drafts, pictures and previews by the API: what a composer of one's own needs."""

import pytest
from django.test import Client
from PIL import Image

from community.integrations.scopes import EVERYTHING
from community.writing.actions import save_draft
from community.writing.models import Draft, Upload
from tests.community.writing.pictures import empty_png, encoded, photo, upload

PICTURE = encoded(photo(300, 200))
TYPED = {
    "title": "Which poles hold?",
    "body": "Two friends snapped theirs.\n",
    "form": {"kind": "question", "space": "help", "tags": "poles"},
}


@pytest.fixture
def sends_files(key_for):
    """A program that sends forms with files: `sends_files(alice)({"file": …})`."""

    def make(member, *scopes):
        client = Client(headers={"Authorization": f"Bearer {key_for(member, *scopes)}"})

        def send(data, path="uploads", **headers):
            extra = {"HTTP_" + name.upper(): value for name, value in headers.items()}
            return client.post(f"/api/v1/{path}", data, **extra)

        return send

    return make


SCOPES = (*EVERYTHING, "drafts:read")


def test_a_draft_is_kept_read_changed_and_forgotten(program, manager):
    caller = program(manager, "drafts:read", "drafts:write")

    kept = caller.put("me/drafts/new-thread", TYPED)

    assert kept.status_code == 200, kept.content
    assert {name: kept.json()[name] for name in TYPED} == TYPED
    assert caller.get("me/drafts/new-thread").json() == kept.json()
    assert caller.put("me/drafts/new-thread", {"body": "Only this."}).json()["title"] == ""
    assert Draft.objects.get().data == {}
    assert caller.delete("me/drafts/new-thread").status_code == 204
    assert caller.delete("me/drafts/new-thread").status_code == 204
    assert caller.get("me/drafts/new-thread").status_code == 404
    assert not Draft.objects.exists()


def test_the_composer_shows_what_a_program_kept(program, sign_in, manager, space):
    program(manager, *SCOPES).put("me/drafts/new-thread", TYPED)

    page = sign_in(manager).get("/new/").content.decode()

    assert "Two friends snapped theirs." in page and "Which poles hold?" in page


def test_nothing_typed_is_no_draft(program, manager):
    caller = program(manager, *SCOPES)
    caller.put("me/drafts/new-thread", TYPED)

    assert caller.put("me/drafts/new-thread", {"title": " ", "body": " \n"}).status_code == 204

    assert not Draft.objects.exists()


def test_drafts_come_last_changed_first_and_page(program, manager, bob):
    for number in range(3):
        save_draft(actor=manager, key=f"reply:{number}", body=f"Number {number}")
    save_draft(actor=bob, key="reply:9", body="Not hers")
    caller = program(manager, *SCOPES)

    first = caller.get("me/drafts?limit=2").json()
    rest = caller.get(first["next"]).json()

    keys = [row["key"] for row in first["results"] + rest["results"]]
    assert keys == ["reply:2", "reply:1", "reply:0"] and rest["next"] is None


def test_a_draft_of_someone_else_is_not_there(program, manager, mod):
    save_draft(actor=manager, key="new-thread", body="Mine")
    caller = program(mod, *SCOPES)

    absent = caller.get("me/drafts/reply:1")
    hidden = caller.get("me/drafts/new-thread")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert caller.delete("me/drafts/new-thread").status_code == 204
    assert Draft.objects.get().owner == manager


@pytest.mark.parametrize(
    ("key", "body", "named"),
    [
        ("Not a key", TYPED, None),
        ("new-thread", {"title": "x" * 301, "body": "y"}, "title"),
        ("new-thread", {"body": "x" * 32_001}, "body"),
        ("new-thread", {"body": "x" * 100_001}, "body"),
        ("new-thread", {"body": "y", "form": {"tags": "x" * 251}}, "form"),
        ("new-thread", {"body": "y", "form": {"space": ["help"]}}, "form"),
        ("new-thread", {"body": "y", "form": ["help"]}, "form"),
        ("new-thread", {"body": "y", "form": {f"f{n}": "x" * 250 for n in range(40)}}, "data"),
    ],
)
def test_a_draft_that_cannot_be_kept_leaves_the_one_before(program, manager, key, body, named):
    save_draft(actor=manager, key="new-thread", body="As it was")

    answer = program(manager, *SCOPES).put(f"me/drafts/{key}", body)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert named is None or named in answer.json()["errors"]
    assert Draft.objects.get().body == "As it was"


def test_fields_with_odd_names_are_ignored(program, manager):
    odd = {"kind": "question", "a\x00b": "x", "\ud800": "x", "x" * 41: "x", "": "x"}

    answer = program(manager, *SCOPES).put("me/drafts/new-thread", {"body": "Mine", "form": odd})

    assert answer.status_code == 200, answer.content
    assert Draft.objects.get().data == {"kind": "question"}


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "me/drafts", "drafts:read"),
        ("GET", "me/drafts/new-thread", "drafts:read"),
        ("PUT", "me/drafts/new-thread", "drafts:write"),
        ("DELETE", "me/drafts/new-thread", "drafts:write"),
        ("POST", "preview", "drafts:write"),
        ("POST", "uploads", "uploads:write"),
    ],
)
def test_a_key_needs_the_scope(program, manager, method, path, scope):
    save_draft(actor=manager, key="new-thread", body="As it was")
    other = {"drafts:read": "drafts:write"}.get(scope, "drafts:read")

    answer = program(manager, other).call(method, path, {"body": "Changed"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "scope_missing" and scope in answer.json()["detail"]
    assert program().call(method, path, {"body": "Changed"}).status_code == 401
    assert Draft.objects.get().body == "As it was"


def test_a_picture_is_added_and_shown_in_a_post(program, sends_files, alice, space):
    answer = sends_files(alice, "uploads:write")({"file": upload(PICTURE)})

    assert answer.status_code == 201, answer.content
    key = Upload.objects.get().key
    assert answer.json() == {
        "key": key,
        "url": f"/files/{key}/640.webp",
        "markdown": f"![tent](/files/{key}/640.webp#300x200)",
        "width": 300,
        "height": 200,
    }
    assert answer["Location"] == f"/files/{key}/640.webp"
    body = f"Look at this pole of mine.\n\n{answer.json()['markdown']}"
    new = {"space": "help", "title": "What is this pole?", "body": body, "kind": "question"}
    assert program(alice).post("threads", new).status_code == 201
    assert Client().get(answer.json()["url"]).status_code == 200


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"file": upload(b"<svg/>", "a.png")}, "image_kind_unknown"),
        ({"file": upload(PICTURE[:60], "a.png")}, "image_not_readable"),
        ({"file": upload(empty_png(20_000, 20_000), "a.png")}, "image_too_many_pixels"),
        (
            {"file": upload(encoded(Image.effect_noise((1700, 1700), 90)), "a.png"), "kind": "avatar"},
            "image_too_large",
        ),
        ({}, "unusable_input"),
        ({"file": "text"}, "unusable_input"),
        ({"file": upload(b"", "a.png")}, "unusable_input"),
        ({"file": upload(PICTURE), "kind": "film"}, "unusable_input"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(sends_files, alice, data, code):
    answer = sends_files(alice)(data)

    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code and answer.json()["errors"]
    assert not Upload.objects.exists()


def test_a_form_beyond_measure_is_refused_before_it_is_read(sends_files, alice, settings):
    settings.API_MAX_FILE_BODY = 500

    answer = sends_files(alice)({"file": upload(PICTURE)})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    settings.API_MAX_FILE_BODY = 100_000
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    many = sends_files(alice)({f"file{n}": upload(b"x") for n in range(2)})
    assert (many.status_code, many.json()["code"]) == (400, "parse_error")
    assert not Upload.objects.exists()


def test_pictures_come_as_forms_only(program, alice):
    assert program(alice).post("uploads", {"file": "x"}).status_code == 415


def test_members_add_so_many_pictures_a_day(sends_files, alice, settings):
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"writing.add_image": "1/day"}
    send = sends_files(alice)

    first, second = send({"file": upload(PICTURE)}), send({"file": upload(PICTURE)})

    assert (first.status_code, second.status_code) == (201, 429)
    assert int(second["Retry-After"]) > 1
    assert Upload.objects.count() == 1


def test_a_silenced_member_adds_no_pictures(sends_files, alice):
    from django.utils import timezone

    alice.silenced_until = timezone.now() + timezone.timedelta(days=1)
    alice.save()

    answer = sends_files(alice)({"file": upload(PICTURE)})

    assert (answer.status_code, answer.json()["code"]) == (403, "silenced")
    assert not Upload.objects.exists()


def test_a_session_without_its_token_adds_nothing(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="community.members.accounts.MemberBackend")

    assert client.post("/api/v1/uploads", {"file": upload(PICTURE)}).status_code == 403
    assert not Upload.objects.exists()


def test_the_same_picture_sent_twice_is_added_once(sends_files, alice):
    send = sends_files(alice)

    first = send({"file": upload(PICTURE)}, idempotency_key="one")
    again = send({"file": upload(PICTURE)}, idempotency_key="one")
    other = send({"file": upload(encoded(photo(301, 200)))}, idempotency_key="one")

    assert first.content == again.content and again["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert Upload.objects.count() == 1


def test_a_preview_is_what_will_be_shown_and_keeps_nothing(program, alice, bob):
    answer = program(alice, "drafts:write").post(
        "preview", {"body": "It *bends*, @bob. <script>alert(1)</script>"}
    )

    assert answer.status_code == 200, answer.content
    html = answer.json()["html"]
    assert "<em>bends</em>" in html and 'href="/@bob/"' in html and "<script" not in html
    assert not Draft.objects.exists()
    assert program(alice).post("preview", {"body": ""}).json() == {"html": ""}
    assert "body" in program(alice).post("preview", {}).json()["errors"]


def test_previews_are_limited_as_in_the_composer(program, alice, settings):
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"writing.preview": "1/min"}
    caller = program(alice)

    assert caller.post("preview", {"body": "One"}).status_code == 200
    assert caller.post("preview", {"body": "Two"}).status_code == 429
