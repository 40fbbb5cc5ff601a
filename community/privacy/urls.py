"""Addresses about one's own data."""

from django.urls import path

from community.privacy import views

urlpatterns = [
    path("me/settings/privacy/data/", views.data, name="settings_data"),
    path("me/settings/privacy/data/copy/", views.ask_copy, name="export_ask"),
    path("me/settings/privacy/data/copy/<int:pk>/", views.fetch_copy, name="export_fetch"),
    path("me/settings/privacy/erase/", views.erase, name="settings_erase"),
]
