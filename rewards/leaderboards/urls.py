"""Addresses of leaderboards."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
