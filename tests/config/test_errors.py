"""What a refusal looks like wherever it comes from."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from config.errors import server_error


def test_the_limits_of_the_sign_in_package_answer_with_our_page(db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    guest = Client()
    guest.post("/account/password/reset/", {"email": "alice@example.org"})
    answer = guest.post("/account/password/reset/", {"email": "alice@example.org"})

    assert answer.status_code == 429
    text = answer.content.decode()
    assert "A little slower" in text and 'class="top"' in text


def test_a_wrong_method_is_answered_in_words_and_says_which_would_do(db: None) -> None:
    answer = Client().put("/people/")

    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "HEAD"}
    assert "That address does not add up" in answer.content.decode()


def test_a_program_reads_a_problem_where_people_read_a_page(db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["community.example"]

    answer = Client().get("/api/v1/spaces", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "bad_request"


def test_a_trial_asked_for_by_another_name_says_what_cures_that(
    db: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE = ["localhost"], False

    for _again in range(2):
        answer = Client().get("/", headers={"Host": "mybox.lan:8000"})
    odd = Client().get("/", headers={"Host": "<b>x</b>"})

    assert answer.status_code == odd.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert "ALLOWED_HOSTS=mybox.lan" in answer.content.decode()
    assert [record.message for record in caplog.records if "mybox.lan" in record.message] == [
        answer.content.decode().strip()
    ]
    assert "<b>" not in odd.content.decode()


def test_a_public_site_says_nothing_of_its_settings(db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE = ["community.example"], True

    answer = Client().get("/", headers={"Host": "evil.example"}, secure=True)

    assert answer.status_code == 400
    assert "ALLOWED_HOSTS" not in answer.content.decode()


def test_the_page_of_a_fault_speaks_and_runs_as_its_reader_does(rf: Any) -> None:
    for language, opening in (("en", '<html lang="en" dir="ltr">'), ("ar", '<html lang="ar" dir="rtl">')):
        with translation.override(language):
            page = server_error(rf.get("/"))

        assert page.status_code == 500
        assert opening in page.content.decode()
