"""Addresses of doors."""

from django.urls import path

from community.spaces.entering import views

urlpatterns = [
    path("s/<slug:slug>/ask/", views.ask, name="space_ask"),
    path("s/<slug:slug>/asked/", views.asked, name="space_asked"),
    path("s/<slug:slug>/asked/<handle:handle>/", views.answer, name="space_answer"),
]
