"""Sign-up, sign-in and account pages: django-allauth's views, three of them at addresses people can remember."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    # Behind the include, because the last pattern of a name is the one that addresses are made from.
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("join/", account.signup, name="account_signup"),
]
