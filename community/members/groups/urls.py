"""Addresses of groups."""

from django.urls import path

from community.members.groups import views

urlpatterns = [
    path("groups/", views.index, name="group_list"),
    path("g/<str:slug>/", views.show, name="group"),
    path("g/<str:slug>/join/", views.join, name="group_join"),
    path("g/<str:slug>/leave/", views.leave, name="group_leave"),
    path("g/<str:slug>/step-down/", views.step_down, name="group_step_down"),
    path("g/<str:slug>/ask/", views.ask, name="group_ask"),
    path("g/<str:slug>/answer/", views.answer, name="group_answer"),
    path("g/<str:slug>/invite/", views.invite, name="group_invite"),
    path("g/<str:slug>/edit/", views.edit, name="group_edit"),
    path("g/<str:slug>/requests/<handle:handle>/", views.decide, name="group_decide"),
    path("g/<str:slug>/members/<handle:handle>/remove/", views.remove, name="group_remove"),
]
