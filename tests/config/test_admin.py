"""What other packages put into the admin."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession


def test_the_admin_shows_no_secret_of_another_package_and_changes_none_of_its_rows(
    sign_in: Any, admin: Any, alice: Any
) -> None:
    address = EmailAddress.objects.create(user=alice, email="alice@example.org", verified=False)
    step = Authenticator.objects.create(user=alice, type="totp", data={"secret": "a-shared-secret"})
    session = UserSession.objects.create(
        user=alice, session_key="k" * 32, ip="192.0.2.1", user_agent="", data={}
    )
    client = sign_in(admin)

    for path in (f"mfa/authenticator/{step.pk}", f"usersessions/usersession/{session.pk}"):
        page = client.get(f"/admin/{path}/change/")
        assert page.status_code == 200
        assert "a-shared-secret" not in page.content.decode() and "k" * 32 not in page.content.decode()
    assert client.get("/admin/usersessions/usersession/?q=alice").status_code == 200
    client.post(
        f"/admin/account/emailaddress/{address.pk}/change/", {"verified": "on", "email": "m@example.org"}
    )
    client.post("/admin/account/emailaddress/", {"action": "make_verified", "_selected_action": [address.pk]})
    address.refresh_from_db()
    assert (address.email, address.verified) == ("alice@example.org", False)
