"""What a refusal looks like wherever it comes from."""

from typing import Any

from django.test import Client


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
