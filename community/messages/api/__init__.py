"""The brand's way to messages: only to those of the account a key or session belongs to."""

from django.urls import path

from community.messages.api import conversations, messages

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
    path("messages/<int:pk>", messages.MessageDetail.as_view(), name="api_message"),
]
