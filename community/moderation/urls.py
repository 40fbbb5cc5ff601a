"""Addresses of moderation."""

from django.urls import path

from community.moderation import views

urlpatterns = [
    path("p/<int:pk>/report/", views.report, name="post_report"),
    path("messages/said/<int:pk>/report/", views.report_message, name="message_report"),
    path("moderation/", views.queue, name="moderation"),
]
