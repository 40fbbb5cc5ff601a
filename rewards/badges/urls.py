"""Addresses of badges."""

from django.urls import URLPattern, URLResolver, include, path

from rewards.badges import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rewards.badges.credentials.urls")),
    path("badges/", views.badges, name="badge_list"),
    path("me/badges/", views.pins, name="badge_pins"),
    path("badges/<slug:key>/", views.badge, name="badge"),
    path("badges/<slug:key>/propose/", views.propose, name="badge_propose"),
]
