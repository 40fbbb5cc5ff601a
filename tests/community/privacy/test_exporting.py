"""A copy holds everything of its owner and nothing of others."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage

from community.belongings import all_belongings
from community.privacy.actions import ask_export
from community.privacy.exporting.building import build_waiting
from community.privacy.keeping.running import apply_rules
from community.privacy.models import Export, ExportState
from tests.community.privacy.life import HANDLE, OWN, WRITTEN, Life

pytestmark = pytest.mark.django_db


def archive(member: Any) -> zipfile.ZipFile:
    """Ask for a copy, let it be made, and open it."""
    export = ask_export(actor=member)
    assert build_waiting() == 1
    with default_storage.open(Export.objects.get(pk=export.pk).path) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_everything_of_their_own_is_in_it(life: Life) -> None:
    copy = archive(life.member)

    data = json.loads(copy.read("data.json"))
    text = json.dumps(data, ensure_ascii=False).lower()
    assert [word for word in (*OWN, *WRITTEN, "biocanary") if word not in text] == []
    assert data["format"] == "porchlight-export/1"
    handed = {it.key for it in all_belongings() if it.rows is not None}
    assert set(data["sections"]) == handed
    posts = data["sections"]["threads.posts"]
    assert {row["thread_title"] for row in posts["rows"]} >= {"Why does my titlecanary leak at the seam?"}
    assert posts["words"]["body_md"] == "Text"


def test_nothing_of_others_is_in_it(life: Life) -> None:
    copy = archive(life.member)

    for name in ("data.json", "index.html"):
        text = copy.read(name).decode()
        assert "Strangerwords" not in text
        assert "bob@example.org" not in text
        assert "I sealed mine with tape" not in text
        # A private space they were sent away from: their own words, and not even its headings.
        assert "My own replycanary in a private place." in text
        assert "Secretheading" not in text
        assert "password" not in text.lower().replace("passwords", "")


def test_the_page_is_readable_and_runs_nothing(life: Life) -> None:
    page = archive(life.member).read("index.html").decode()

    assert "<script" not in page
    assert "http://" not in page.replace("http://localhost", "").replace("http://testserver", "")
    assert "What Porchlight keeps about Quillon Zephyrine" in page or "keeps about Quillon Zephyrine" in page
    assert "A replycanary after the edit" in page


def test_words_that_look_like_html_stay_words(life: Life) -> None:
    from community.members.actions import edit_profile

    edit_profile(actor=life.member, member=life.member, changes={"location": "<img src=x onerror=alert(1)>"})

    page = archive(life.member).read("index.html").decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_files_are_their_own_pictures(life: Life) -> None:
    copy = archive(life.member)

    names = [name for name in copy.namelist() if name.startswith("files/")]
    assert sorted(names) == sorted(f"files/{upload.key}.webp" for upload in life.uploads)
    assert copy.read(names[0])[:4] == b"RIFF"


def test_its_owner_is_told_once(life: Life) -> None:
    archive(life.member)
    assert build_waiting() == 0

    letters = [letter for letter in mail.outbox if letter.subject == "Your copy is ready"]
    assert [letter.to for letter in letters] == [["canarypost@nowhere.example"]]
    assert "/me/settings/privacy/data/" in letters[0].body


def test_a_copy_that_fails_is_tried_again_and_then_given_up(life: Life, monkeypatch: Any) -> None:
    from community.privacy.exporting import building

    ask_export(actor=life.member)

    def fail(*_args: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(building, "_keep", fail)
    for _number in range(3):
        assert build_waiting(at_most=1) == 0
        Export.objects.update(lease_until="2020-01-01T00:00:00Z")

    assert Export.objects.get().state == ExportState.FAILED


def test_files_end_with_their_time(life: Life) -> None:
    archive(life.member)
    Export.objects.update(ends_at="2020-01-01T00:00:00Z")
    path = Export.objects.get().path

    assert apply_rules(only=["privacy.files"]) == {"privacy.files": 1}

    assert not default_storage.exists(path)
    assert Export.objects.get().state == ExportState.GONE


def test_a_large_copy_is_made_in_a_few_statements_and_bounded_memory(life: Life) -> None:
    import tracemalloc

    from community.threads.models import Post

    post = Post.objects.get(pk=life.answer.pk)
    Post.objects.bulk_create(
        Post(thread=post.thread, author=life.member, position=1000 + n, body_md="word " * 400, body_html="")
        for n in range(4000)
    )
    ask_export(actor=life.member)
    tracemalloc.start()
    assert build_waiting() == 1
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # Eight megabytes of words pass through far less.
    assert peak < 6_000_000
    assert HANDLE
