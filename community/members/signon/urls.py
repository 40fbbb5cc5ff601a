"""Addresses of signing in by others. Some of their names are allauth's: it makes return addresses from them."""

from django.urls import path

from community.members.signon import views

urlpatterns = [
    path("account/via/github/back/", views.back_from_github, name="github_callback"),
    path("account/via/apple/back/", views.back_from_apple, name="apple_callback"),
    path("account/via/apple/finish/", views.finish_apple, name="apple_finish_callback"),
    path("account/via/<slug:provider_id>/", views.go, name="signon_go"),
    path("account/via/<slug:provider_id>/back/", views.back, name="openid_connect_callback"),
    path("account/via/<slug:provider_id>/link/", views.link, name="signon_link"),
    path("account/links/", views.links, name="signon_links"),
    path("account/links/<int:pk>/remove/", views.unlink, name="signon_unlink"),
]
