"""Sign-up, sign-in and account pages: django-allauth's views, three of them at addresses people can remember."""

from allauth.account import views as account
from allauth.socialaccount import views as signon
from django.conf import settings
from django.urls import include, path
from django.views.generic.base import RedirectView

urlpatterns = [
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
    path("join/", account.signup, name="account_signup"),
]

if settings.IDENTITY_PROVIDER:
    from config import identity

    # Before its own: an answer that leads to another site leaves by a page of its own.
    urlpatterns += [
        path("identity/o/authorize", identity.authorize),
        path("", include("allauth.idp.urls")),
    ]
