"""Addresses of webhooks, below `/me/settings/webhooks/`."""

from django.urls import path

from community.integrations.webhooks import views

urlpatterns = [
    path("", views.endpoints, name="webhooks"),
    path("add/", views.add, name="webhook_add"),
    path("<int:pk>/", views.endpoint, name="webhook"),
    path("<int:pk>/edit/", views.edit, name="webhook_edit"),
    path("<int:pk>/secret/", views.renew, name="webhook_secret"),
    path("<int:pk>/test/", views.test, name="webhook_test"),
    path("<int:pk>/turn/", views.turn, name="webhook_turn"),
    path("<int:pk>/remove/", views.remove, name="webhook_remove"),
    path("<int:pk>/replay/", views.replay_span, name="webhook_replay"),
    path("messages/<int:pk>/", views.message, name="webhook_message"),
    path("messages/<int:pk>/replay/", views.replay, name="webhook_message_replay"),
]
