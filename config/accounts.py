"""Sign-up, sign-in and account pages: django-allauth's views at our addresses."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("join/", account.signup, name="account_signup"),
    path("account/", include("allauth.urls")),
]
