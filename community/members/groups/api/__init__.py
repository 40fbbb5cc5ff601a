"""The brand's way to groups: their settings, who is in them, who asked, and the caller's own place."""

from django.urls import path

from community.members.groups.api import asks, places, settings

urlpatterns = [
    path("groups", settings.GroupList.as_view(), name="api_groups"),
    path("groups/<str:slug>", settings.GroupDetail.as_view(), name="api_group"),
    path("groups/<str:slug>/members", places.GroupPeople.as_view(), name="api_group_members"),
    path("groups/<str:slug>/members/<str:handle>", places.GroupPlace.as_view(), name="api_group_member"),
    path(
        "groups/<str:slug>/invitations/<str:handle>",
        asks.GroupInvitation.as_view(),
        name="api_group_invitation",
    ),
    path("groups/<str:slug>/requests", asks.GroupRequests.as_view(), name="api_group_requests"),
    path("groups/<str:slug>/requests/<str:handle>", asks.GroupRequest.as_view(), name="api_group_request"),
    path("groups/<str:slug>/membership", places.MyPlace.as_view(), name="api_group_membership"),
    path("groups/<str:slug>/ownership", places.MyOwnership.as_view(), name="api_group_my_ownership"),
    path("groups/<str:slug>/request", asks.MyRequest.as_view(), name="api_group_my_request"),
    path("groups/<str:slug>/invitation", asks.MyInvitation.as_view(), name="api_group_my_invitation"),
]
