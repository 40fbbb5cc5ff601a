"""Addresses of badges that were carried away. They stand in credentials for ever: never change them."""

from django.urls import URLPattern, path

from rewards.badges.credentials import views

urlpatterns: list[URLPattern] = [
    path("open-badges/issuer", views.issuer, name="open_badge_issuer"),
    path("open-badges/key", views.key, name="open_badge_key"),
    path("open-badges/achievements/<slug:key>", views.achievement, name="open_badge_achievement"),
    path("open-badges/credentials/<uuid:number>/status", views.status, name="open_badge_status"),
    path("badges/<slug:key>/carry/", views.carry, name="badge_carry"),
]
