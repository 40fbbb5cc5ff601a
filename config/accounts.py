"""Sign-up, sign-in and account pages: django-allauth's views, three of them at addresses people can remember."""

from allauth.account import views as account
from allauth.socialaccount import views as signon
from django.conf import settings
from django.urls import include, path
from django.views.generic.base import RedirectView

from community.members.doors import passkeys
from community.members.doors.pace import at_one_pace

_join = at_one_pace(account.signup)

urlpatterns = [
    # Before its own: the same views, which take as long for the known as for the unknown.
    path("account/signup/", _join, name="account_signup"),
    path("account/password/reset/", at_one_pace(account.password_reset), name="account_reset_password"),
    path("account/login/code/", at_one_pace(account.request_login_code), name="account_request_login_code"),
    path(
        "account/login/code/confirm/",
        at_one_pace(account.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path("account/2fa/webauthn/signup/", passkeys.make, name="mfa_signup_webauthn"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/3rdparty/signup/", signon.signup, name="socialaccount_signup"),
    path("account/3rdparty/cancelled/", signon.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/3rdparty/error/", signon.login_error, name="socialaccount_login_error"),
    # allauth leads there after linking.
    path(
        "account/3rdparty/",
        RedirectView.as_view(pattern_name="signon_links"),
        name="socialaccount_connections",
    ),
    # Behind the include, because the last pattern of a name is the one that addresses are made from.
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("join/", _join, name="account_signup"),
    path("join/passkey/", at_one_pace(passkeys.join), name="account_signup_by_passkey"),
]

if settings.IDENTITY_PROVIDER:
    from config import identity

    # Before its own: an answer that leads to another site leaves by a page of its own.
    urlpatterns += [
        path("identity/o/authorize", identity.authorize),
        path("identity/o/api/token", identity.token),
        path("", include("allauth.idp.urls")),
    ]
