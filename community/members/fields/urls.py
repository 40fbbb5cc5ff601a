"""Addresses of answers."""

from django.urls import path

from community.members.fields import views

urlpatterns = [path("me/settings/about/", views.edit_answers, name="settings_answers")]
