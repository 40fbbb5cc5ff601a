"""Addresses of trust."""

from django.urls import path

from community.members.trust import views

urlpatterns = [
    path("trust/", views.levels, name="trust_levels"),
    path("me/trust/", views.mine, name="my_trust"),
]
