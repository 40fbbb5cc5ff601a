"""What a request says of itself cannot bring a page down."""

import pytest
from django.test import Client, RequestFactory

from config.encoding import is_of_text
from config.wsgi import application


@pytest.mark.parametrize("name", ["base64", "rot13", "hex", "zip", "no-such-thing", "idna\x00"])
def test_what_is_no_encoding_of_text_is_not_taken_for_one(name: str) -> None:
    assert not is_of_text(name)


@pytest.mark.parametrize("name", ["base64", "rot13", "utf-8", "no-such-thing"])
def test_addresses_and_forms_are_read_whatever_encoding_is_named(rf: RequestFactory, name: str) -> None:
    kind = f"multipart/form-data; boundary=x; charset={name}"
    form = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nalice\r\n--x--\r\n'
    asked = rf.generic("POST", "/sign-in/?view=latest", form, content_type="text/plain").environ

    request = application.request_class({**asked, "CONTENT_TYPE": kind})

    assert (request.GET["view"], request.POST["login"]) == ("latest", "alice")


@pytest.mark.django_db
def test_a_cookie_that_no_key_of_ours_could_be_is_a_guests(client: Client) -> None:
    for cookie in (
        'session="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
        "session=ünüsual-and-too-long-to-be-true",
    ):
        answer = client.get("/", headers={"Cookie": cookie})

        assert answer.status_code == 200
        assert "Sign in" in answer.content.decode()
