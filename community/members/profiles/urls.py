"""Addresses around a profile."""

from django.urls import path

from community.members.profiles import views

urlpatterns = [
    path("@<handle:handle>/followers/", views.follows, {"side": "followers"}, name="member_followers"),
    path("@<handle:handle>/following/", views.follows, {"side": "following"}, name="member_following"),
    path("@<handle:handle>/activity/", views.activity, name="member_activity"),
    path("@<handle:handle>/card/", views.card, name="member_card"),
    path("@<handle:handle>/ignore/", views.ignore, name="member_ignore"),
]
