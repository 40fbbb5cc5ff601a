"""Addresses of leaderboards."""

from django.urls import URLPattern, path

from rewards.leaderboards import views

urlpatterns: list[URLPattern] = [
    path("people/helpful/", views.helpful, name="leaderboard"),
    path("people/helpful/<slug:key>/", views.board, name="leaderboard_board"),
]
