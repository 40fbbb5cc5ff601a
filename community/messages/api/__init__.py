"""The brand's way to messages: only to those of the account a key or session belongs to."""

from django.urls import path

from community.messages.api import conversations, messages, rooms

urlpatterns = [
    path("conversations", conversations.ConversationList.as_view(), name="api_conversations"),
    path("conversations/<int:pk>", conversations.ConversationDetail.as_view(), name="api_conversation"),
    path(
        "conversations/<int:pk>/members",
        conversations.ConversationMembers.as_view(),
        name="api_conversation_members",
    ),
    path(
        "conversations/<int:pk>/leave",
        conversations.ConversationLeave.as_view(),
        name="api_conversation_leave",
    ),
    path(
        "conversations/<int:pk>/mute", conversations.ConversationMute.as_view(), name="api_conversation_mute"
    ),
    path(
        "conversations/<int:pk>/read", conversations.ConversationRead.as_view(), name="api_conversation_read"
    ),
    path("conversations/<int:pk>/messages", messages.MessageList.as_view(), name="api_messages"),
    path(
        "conversations/<int:pk>/typing",
        conversations.ConversationTyping.as_view(),
        name="api_conversation_typing",
    ),
    path("messages/<int:pk>/restore", messages.MessageRestore.as_view(), name="api_message_restore"),
    path("messages/<int:pk>/hide", messages.MessageHide.as_view(), name="api_message_hide"),
    path("rooms", rooms.RoomList.as_view(), name="api_rooms"),
    path("rooms/<int:pk>", rooms.RoomDetail.as_view(), name="api_room"),
    path("rooms/<int:pk>/messages", rooms.RoomMessages.as_view(), name="api_room_messages"),
    path("rooms/<int:pk>/members", rooms.RoomMembers.as_view(), name="api_room_members"),
    path("rooms/<int:pk>/members/<str:handle>", rooms.RoomMember.as_view(), name="api_room_member"),
    path("rooms/<int:pk>/here", rooms.RoomHere.as_view(), name="api_room_here"),
    path("rooms/<int:pk>/join", rooms.RoomJoin.as_view(), name="api_room_join"),
    path("rooms/<int:pk>/leave", rooms.RoomLeave.as_view(), name="api_room_leave"),
    path("rooms/<int:pk>/mute", rooms.RoomMute.as_view(), name="api_room_mute"),
    path("rooms/<int:pk>/read", rooms.RoomRead.as_view(), name="api_room_read"),
    path("rooms/<int:pk>/typing", rooms.RoomTyping.as_view(), name="api_room_typing"),
    path("rooms/<int:pk>/close", rooms.RoomClose.as_view(), name="api_room_close"),
    path("messages/<int:pk>", messages.MessageDetail.as_view(), name="api_message"),
]
