"""Addresses of badges."""

from django.urls import URLPattern, path

from rewards.badges import views

urlpatterns: list[URLPattern] = [
    path("badges/", views.badges, name="badge_list"),
    path("me/badges/", views.pins, name="badge_pins"),
    path("badges/<slug:key>/", views.badge, name="badge"),
]
