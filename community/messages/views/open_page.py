"""What pages of conversations and of rooms have in common: what an open page has seen, and the menus of messages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from community.messages.forms import MessageForm
from community.panels import panels_for

MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Talk:
    """The addresses of a kind of talk, by name."""

    show: str
    send: str
    news: str
    read: str
    typing: str
    topic: str


CONVERSATION = Talk(
    show="conversation",
    send="conversation_send",
    news="conversation_news",
    read="conversation_read",
    typing="conversation_typing",
    topic="conversation",
)
ROOM = Talk(
    show="room", send="room_say", news="room_news", read="room_read", typing="room_typing", topic="room"
)


@dataclass(frozen=True, slots=True)
class Open:
    """How far an open page shows a conversation: up to which position, as of which revision if it knows it."""

    position: int = 0
    revision: int | None = None


def number_of(request: HttpRequest, name: str) -> int | None:
    """Return a number of the address; None for what is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None


def asked_open(request: HttpRequest) -> Open:
    """Return how far the page that asks shows the conversation."""
    return Open(number_of(request, "after") or 0, number_of(request, "rev"))


def open_of(form: MessageForm) -> Open:
    """Return how far the page that sent a form shows the conversation."""
    values = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    return Open(values.get("seen") or 0, values.get("rev"))


def entries_of(request: HttpRequest) -> Any:
    """Return what upper features add to the menu of a message."""
    return lambda message: panels_for("message_menu", request, message)
