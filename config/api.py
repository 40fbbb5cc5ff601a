"""The brand's way in: every API resource, joined from the features."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
