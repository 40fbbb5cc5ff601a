"""Addresses of quests."""

from django.urls import path

from rewards.quests import views

urlpatterns = [
    path("quests/", views.quests, name="quest_list"),
    path("me/quests/hide/", views.hide, name="quest_hide"),
    path("quests/<slug:key>/", views.quest, name="quest"),
    path("quests/<slug:key>/join/", views.join, name="quest_join"),
    path("quests/<slug:key>/leave/", views.leave, name="quest_leave"),
    path("quests/<slug:key>/put-away/", views.put_away, name="quest_put_away"),
]
