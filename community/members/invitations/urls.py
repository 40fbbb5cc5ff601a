"""Addresses of invitations."""

from django.urls import path

from community.members.invitations import views

urlpatterns = [
    path("invite/<slug:code>/", views.invitation, name="invitation"),
    path("invite/<slug:code>/decline/", views.decline, name="invitation_decline"),
    path("me/invitations/", views.own, name="invitation_list"),
    path("me/invitations/<int:pk>/revoke/", views.revoke, name="invitation_revoke"),
]
