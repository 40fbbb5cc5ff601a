"""Addresses of messages."""

from django.urls import path

from community.messages.views import arrange, inbox, talk

urlpatterns = [
    path("messages/", inbox.inbox, name="conversation_list"),
    path("messages/new/", inbox.new, name="conversation_new"),
    path("messages/people/", inbox.people, name="conversation_people"),
    path("messages/<int:pk>/", talk.show, name="conversation"),
    path("messages/<int:pk>/send/", talk.send, name="conversation_send"),
    path("messages/<int:pk>/news/", talk.news, name="conversation_news"),
    path("messages/<int:pk>/read/", talk.read, name="conversation_read"),
    path("messages/<int:pk>/people/", arrange.people, name="conversation_arrange"),
    path("messages/<int:pk>/rename/", arrange.rename, name="conversation_rename"),
    path("messages/<int:pk>/leave/", arrange.leave, name="conversation_leave"),
    path("messages/<int:pk>/mute/", arrange.mute, name="conversation_mute"),
    path("messages/said/<int:pk>/edit/", talk.edit, name="message_edit"),
    path("messages/said/<int:pk>/delete/", talk.delete, name="message_delete"),
]
