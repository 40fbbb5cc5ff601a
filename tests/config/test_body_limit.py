"""How large a form with files may be."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


def test_a_form_beyond_all_measure_is_refused_before_it_is_read(db: None, settings: Any) -> None:
    settings.FORM_MAX_BODY = 10_000
    file = SimpleUploadedFile("me.png", b"a" * 20_000)

    answer = Client().post("/sign-in/", {"login": "alice", "file": file})

    assert answer.status_code == 400
    assert "<main" in answer.content.decode()


def test_a_picture_that_is_too_large_is_still_refused_in_words(alice: Any) -> None:
    client = Client()
    client.force_login(alice)
    file = SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n" + b"a" * 9 * 1024 * 1024)

    answer = client.post("/uploads/", {"file": file})

    assert (answer.status_code, answer.json()["code"]) == (422, "image_too_large")
