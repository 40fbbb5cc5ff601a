import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from community.errors import Invalid, NotFound, RateLimited, Refused
from community.writing import actions, limits
from community.writing.actions import (
    add_image,
    attach_uploads,
    change_audience,
    discard_draft,
    remove_upload,
    save_draft,
)
from community.writing.markdown import render
from community.writing.models import Draft, Upload
from community.writing.queries import drafts_of, get_draft, get_upload_for
from community.writing.registry import visibility_checks
from tests.community.writing.pictures import encoded, photo, upload

PICTURE = encoded(photo(800, 600))


@pytest.fixture
def picture(alice: Any) -> Upload:
    return add_image(actor=alice, file=upload(PICTURE, "C:\\camp\\my [best] tent.png"))


@pytest.fixture
def only_bob_sees(bob: Any) -> Iterator[None]:
    visibility_checks["tests.thing"] = lambda viewer, pk: viewer == bob and pk == 7
    yield
    del visibility_checks["tests.thing"]


def test_a_picture_is_kept_in_its_sizes_and_not_as_it_came(alice: Any, picture: Upload) -> None:
    assert picture.owner == alice
    assert picture.original_name == "my [best] tent.png"
    assert picture.content_type == "image/png"
    assert picture.variants.keys() == {"640", "1280"}
    assert len(picture.key) == 32
    for size in picture.variants:
        assert default_storage.exists(picture.path_for(size))
        assert "tent" not in picture.path_for(size)
        assert default_storage.open(picture.path_for(size)).read(4) == b"RIFF"


def test_its_markdown_shows_it_with_its_size(picture: Upload) -> None:
    assert picture.markdown == f"![my best tent](/files/{picture.key}/1280.webp#800x600)"
    assert render(picture.markdown).images == (picture.key,)
    assert 'width="800" height="600"' in render(picture.markdown).html


def test_someone_suspended_cannot_add_pictures(mallory: Any) -> None:
    with pytest.raises(Refused) as refused:
        add_image(actor=mallory, file=upload(PICTURE))

    assert refused.value.code == "suspended"
    assert not Upload.objects.exists()


def test_someone_silenced_may_still_change_their_portrait(make_member: Callable[..., Any]) -> None:
    quiet = make_member("quiet", silenced_until=timezone.now() + dt.timedelta(days=1))

    with pytest.raises(Refused):
        add_image(actor=quiet, file=upload(PICTURE))

    assert add_image(actor=quiet, file=upload(PICTURE), kind="avatar").url_for("96").endswith("/96.webp")


def test_a_refused_picture_leaves_nothing_behind(alice: Any) -> None:
    with pytest.raises(Invalid):
        add_image(actor=alice, file=upload(b"<svg/>"))

    assert not Upload.objects.exists()


def test_a_row_that_cannot_be_written_takes_its_files_along(
    alice: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    save = default_storage.save

    def noting(name: str, content: Any) -> str:
        written.append(name)
        return str(save(name, content))

    def fail(self: Upload, **_options: Any) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(default_storage, "save", noting)
    monkeypatch.setattr(Upload, "save", fail)

    with pytest.raises(RuntimeError):
        add_image(actor=alice, file=upload(PICTURE))

    assert len(written) == 2
    assert not any(default_storage.exists(name) for name in written)


def test_pictures_are_limited_by_trust(alice: Any, settings: Any) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"writing.add_image": "1/day"}
    add_image(actor=alice, file=upload(PICTURE))

    with pytest.raises(RateLimited) as refused:
        add_image(actor=alice, file=upload(PICTURE))

    assert refused.value.retry_after > 80_000
    assert Upload.objects.count() == 1


def test_until_it_is_used_a_picture_is_its_owners_alone(
    alice: Any, bob: Any, mod: Any, picture: Upload
) -> None:
    assert get_upload_for(alice, picture.key) == picture
    for viewer in (bob, mod, None):
        with pytest.raises(NotFound):
            get_upload_for(viewer, picture.key)


@pytest.mark.usefixtures("only_bob_sees")
def test_a_private_picture_is_seen_by_whoever_may_see_what_it_belongs_to(
    alice: Any, bob: Any, carol: Any, picture: Upload
) -> None:
    attached = attach_uploads(
        actor=alice, keys=[picture.key], target_type="tests.thing", target_pk=7, audience="private"
    )

    assert attached == 1
    assert get_upload_for(bob, picture.key) == picture
    assert get_upload_for(alice, picture.key) == picture
    for viewer in (carol, None):
        with pytest.raises(NotFound):
            get_upload_for(viewer, picture.key)


def test_a_portrait_named_in_a_private_text_stays_for_everyone(alice: Any, bob: Any) -> None:
    portrait = add_image(actor=alice, file=upload(PICTURE), kind="avatar")

    attach_uploads(
        actor=alice, keys=[portrait.key], target_type="tests.thing", target_pk=9, audience="private"
    )

    assert get_upload_for(bob, portrait.key).audience == "public"


def test_what_nobody_vouches_for_stays_hidden(alice: Any, bob: Any, picture: Upload) -> None:
    attach_uploads(
        actor=alice, keys=[picture.key], target_type="tests.unknown", target_pk=1, audience="private"
    )

    with pytest.raises(NotFound):
        get_upload_for(bob, picture.key)


def test_naming_someone_elses_picture_does_not_open_it(bob: Any, alice: Any, picture: Upload) -> None:
    assert (
        attach_uploads(
            actor=bob, keys=[picture.key], target_type="tests.thing", target_pk=1, audience="public"
        )
        == 0
    )

    picture.refresh_from_db()
    assert (picture.attached_pk, picture.audience) == (None, "private")


def test_a_picture_belongs_to_one_thing_only(alice: Any, picture: Upload) -> None:
    attach_uploads(
        actor=alice, keys=[picture.key], target_type="tests.thing", target_pk=1, audience="private"
    )

    assert (
        attach_uploads(
            actor=alice, keys=[picture.key], target_type="tests.thing", target_pk=2, audience="public"
        )
        == 0
    )
    assert (
        attach_uploads(
            actor=alice, keys=[picture.key], target_type="tests.thing", target_pk=1, audience="public"
        )
        == 1
    )


def test_pictures_follow_the_audience_of_their_thing(alice: Any, picture: Upload) -> None:
    attach_uploads(actor=alice, keys=[picture.key], target_type="tests.thing", target_pk=1, audience="public")
    assert get_upload_for(None, picture.key)

    change_audience(actor=None, target_type="tests.thing", target_pks=[1], audience="private")

    with pytest.raises(NotFound):
        get_upload_for(None, picture.key)


def test_only_its_owner_and_moderators_remove_a_picture(
    alice: Any, bob: Any, mod: Any, picture: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    with pytest.raises(Refused):
        remove_upload(actor=bob, upload=picture)
    assert default_storage.exists(picture.path_for("640"))

    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(actor=mod, upload=picture)
        assert default_storage.exists(picture.path_for("640")), "it may still be taken back"

    assert not Upload.objects.exists()
    assert not default_storage.exists(picture.path_for("640"))


def test_unused_pictures_are_removed_after_a_day_and_used_ones_are_not(
    alice: Any, picture: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    used = add_image(actor=alice, file=upload(PICTURE))
    attach_uploads(actor=alice, keys=[used.key], target_type="tests.thing", target_pk=1, audience="public")
    assert not Upload.objects.unused(timezone.now() - dt.timedelta(hours=24)).exists()

    found = Upload.objects.unused(timezone.now() + dt.timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remove_unused(actor=None, pks=[*found.values_list("pk", flat=True), used.pk]) == 1

    assert list(Upload.objects.all()) == [used]
    assert not default_storage.exists(picture.path_for("1280"))


def test_a_replaced_portrait_is_removed_and_the_current_one_stays(alice: Any, bob: Any) -> None:
    add_image(actor=alice, file=upload(PICTURE), kind="avatar")
    current = add_image(actor=alice, file=upload(PICTURE), kind="avatar")
    other = add_image(actor=bob, file=upload(PICTURE), kind="avatar")

    replaced = Upload.objects.unused(timezone.now() + dt.timedelta(hours=1))

    assert set(Upload.objects.all()) - set(replaced) == {current, other}


def test_a_draft_is_kept_once_for_each_place(alice: Any) -> None:
    save_draft(actor=alice, key="new-thread", title="Tents", body="One")
    save_draft(actor=alice, key="new-thread", title="Tents", body="Two\x00", data={"space": 3})
    save_draft(actor=alice, key="reply:12", body="Three")

    draft = get_draft(alice, "new-thread")
    assert draft is not None
    assert (draft.title, draft.body, draft.data) == ("Tents", "Two\ufffd", {"space": 3})
    assert [one.key for one in drafts_of(alice)] == ["reply:12", "new-thread"]


def test_an_emptied_draft_is_forgotten(alice: Any) -> None:
    save_draft(actor=alice, key="new-thread", body="One")

    assert save_draft(actor=alice, key="new-thread", body="  ") is None
    assert drafts_of(alice) == []


def test_drafts_are_their_owners_own(alice: Any, bob: Any) -> None:
    save_draft(actor=alice, key="new-thread", body="One")

    assert get_draft(bob, "new-thread") is None
    assert not discard_draft(actor=bob, key="new-thread")
    assert discard_draft(actor=alice, key="new-thread")


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "new-thread", "title": "a" * 301},
        {"key": "new-thread", "body": "a" * 32_001},
        {"key": "new-thread", "body": "a", "data": {"a": "b" * 8_001}},
        {"key": "", "body": "a"},
        {"key": "A B", "body": "a"},
        {"key": "a" * 81, "body": "a"},
    ],
)
def test_a_draft_that_is_too_long_or_has_no_place_is_refused(alice: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        save_draft(actor=alice, **fields)

    assert not Draft.objects.exists()


def test_only_the_newest_fifty_drafts_are_kept(alice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DRAFTS_EACH", lambda: 3)

    for number in range(5):
        save_draft(actor=alice, key=f"reply:{number}", body="a")

    assert [draft.key for draft in drafts_of(alice)] == ["reply:4", "reply:3", "reply:2"]
