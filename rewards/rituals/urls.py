"""Addresses of rituals."""

from django.urls import path

from rewards.rituals import views

urlpatterns = [
    path("me/streak/", views.rhythm, name="rhythm"),
    path("me/settings/birthday/", views.birthday, name="birthday"),
    path("seasons/", views.seasons, name="season_list"),
    path("seasons/<slug:key>/", views.season, name="season"),
]
