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
