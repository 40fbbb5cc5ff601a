"""Addresses of messages and rooms."""

from django.urls import path

from community.messages.views import arrange, inbox, room, rooms, said, talk

urlpatterns = [
    path("messages/", inbox.inbox, name="conversation_list"),
    path("messages/new/", inbox.new, name="conversation_new"),
    path("messages/people/", inbox.people, name="conversation_people"),
    path("messages/<int:pk>/", talk.show, name="conversation"),
    path("messages/<int:pk>/send/", talk.send, name="conversation_send"),
    path("messages/<int:pk>/news/", talk.news, name="conversation_news"),
    path("messages/<int:pk>/typing/", talk.typing, name="conversation_typing"),
    path("messages/<int:pk>/read/", talk.read, name="conversation_read"),
    path("messages/<int:pk>/people/", arrange.people, name="conversation_arrange"),
    path("messages/<int:pk>/rename/", arrange.rename, name="conversation_rename"),
    path("messages/<int:pk>/leave/", arrange.leave, name="conversation_leave"),
    path("messages/<int:pk>/mute/", arrange.mute, name="conversation_mute"),
    path("messages/said/<int:pk>/edit/", said.edit, name="message_edit"),
    path("messages/said/<int:pk>/delete/", said.delete, name="message_delete"),
    path("messages/said/<int:pk>/restore/", said.restore, name="message_restore"),
    path("messages/said/<int:pk>/hide/", said.hide, name="message_hide"),
    path("rooms/", rooms.rooms, name="room_list"),
    path("rooms/new/", rooms.open_room, name="room_new"),
    path("rooms/<int:pk>/", room.show, name="room"),
    path("rooms/<int:pk>/say/", room.say, name="room_say"),
    path("rooms/<int:pk>/news/", room.news, name="room_news"),
    path("rooms/<int:pk>/here/", room.here, name="room_here"),
    path("rooms/<int:pk>/typing/", room.typing, name="room_typing"),
    path("rooms/<int:pk>/read/", room.read, name="room_read"),
    path("rooms/<int:pk>/settings/", rooms.arrange, name="room_arrange"),
    path("rooms/<int:pk>/people/", rooms.people, name="room_people"),
    path("rooms/<int:pk>/people/remove/", rooms.remove, name="room_remove"),
    path("rooms/<int:pk>/join/", rooms.join, name="room_join"),
    path("rooms/<int:pk>/leave/", rooms.leave, name="room_leave"),
    path("rooms/<int:pk>/mute/", rooms.mute, name="room_mute"),
    path("rooms/<int:pk>/close/", rooms.close, name="room_close"),
]
