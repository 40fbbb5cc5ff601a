"""Addresses of journeys."""

from django.urls import path

from engagement.journeys import views

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("welcome/dismiss/", views.dismiss, name="welcome_dismiss"),
    path("welcome/later/", views.later, name="welcome_later"),
]
