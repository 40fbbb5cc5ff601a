"""Addresses of notifications."""

from django.urls import path

from community.notifications import views

urlpatterns = [
    path("notifications/", views.inbox, name="notice_list"),
    path("notifications/bell/", views.bell, name="notice_bell"),
    path("notifications/read/", views.read_all, name="notice_read_all"),
    path("notifications/unread/", views.unread_all, name="notice_unread_all"),
    path("notifications/<int:pk>/open/", views.open_notice, name="notice_open"),
    path("notifications/<int:pk>/mute/", views.mute, name="notice_mute"),
    path("me/settings/notifications/", views.choices, name="notice_choices"),
    path("me/settings/notifications/pause/", views.pause, name="notice_pause"),
    path("me/settings/notifications/digest/", views.digest, name="notice_digest"),
    path("me/settings/notifications/digest/preview/", views.digest_preview, name="notice_digest_preview"),
    path("me/settings/notifications/address/", views.resume_address, name="notice_resume_address"),
    path("me/settings/notifications/push/on/", views.push_on, name="push_on"),
    path("me/settings/notifications/push/off/", views.push_off, name="push_off"),
    path("me/settings/notifications/push/<int:pk>/remove/", views.push_remove, name="push_remove"),
    path("me/settings/notifications/push/test/", views.push_test, name="push_test"),
    path("mail/inbound/", views.inbound, name="mail_inbound"),
    path("stop/<str:token>/", views.stop, name="notice_stop"),
]
