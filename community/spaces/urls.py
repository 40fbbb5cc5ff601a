"""Addresses of spaces. Their lists of threads belong to threads."""

from django.urls import path

from community.spaces import views
from community.spaces.entering import urls as entering

urlpatterns = [
    *entering.urlpatterns,
    path("s/<slug:slug>/follow/", views.follow, {"on": True}, name="space_follow"),
    path("s/<slug:slug>/unfollow/", views.follow, {"on": False}, name="space_unfollow"),
    path("s/<slug:slug>/level/", views.attend, name="space_level"),
]
