"""Addresses of titles."""

from django.urls import path

from community.members.titles import views

urlpatterns = [path("me/settings/title/", views.choose, name="settings_title")]
