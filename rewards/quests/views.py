"""The quests of a member, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.web import back_or, done
from rewards.points.words import translated
from rewards.quests import actions, queries


@allow(Who.MEMBER, "GET")
def quests(request: HttpRequest) -> HttpResponse:
    """What one is in, what one could join, what is done; nothing but a way back for those who hid them."""
    actor = actor_of(request)
    hidden = queries.hides_quests(actor)
    page = queries.QuestPage() if hidden else queries.list_quests(actor)
    context = {"page": page, "hidden": hidden, "quiet": actor.quiet_mode}
    return render(request, "rewards/quests/list.html", context)


@allow(Who.MEMBER, "GET")
def quest(request: HttpRequest, key: str) -> HttpResponse:
    """One quest: what, why, until when, its steps with how far one is, what it brings, who asks."""
    actor = actor_of(request)
    card = queries.card_of(actor, queries.get_quest_for(actor, key))
    return render(request, "rewards/quests/show.html", {"card": card})


@allow(Who.MEMBER, "POST")
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Join a quest."""
    actor = actor_of(request)
    quest = queries.get_quest_for(actor, key)
    actions.join_quest(actor=actor, quest=quest)
    said = _("You are part of “%(quest)s”. What you do from today counts.") % {
        "quest": translated(quest.name)
    }
    return done(request, quest.get_absolute_url(), said)


@allow(Who.MEMBER, "POST")
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Leave a quest."""
    actor = actor_of(request)
    quest = queries.get_quest_for(actor, key)
    actions.leave_quest(actor=actor, quest=quest)
    return done(request, reverse("quest_list"), _("You left. You can join again at any time."))


@allow(Who.MEMBER, "POST")
def put_away(request: HttpRequest, key: str) -> HttpResponse:
    """Put the line away that says that one is finished."""
    actor = actor_of(request)
    actions.put_line_away(actor=actor, quest=queries.get_quest_for(actor, key))
    return done(request, reverse("quest_list"))


@allow(Who.MEMBER, "POST")
def hide(request: HttpRequest) -> HttpResponse:
    """Hide quests from oneself, or show them again; `hides` says which."""
    hides = request.POST.get("hides") == "1"
    actions.hide_quests(actor=actor_of(request), hides=hides)
    said = (
        _("Quests are hidden from you, and so are their notices.") if hides else _("Quests are shown again.")
    )
    return done(request, back_or(request, reverse("quest_list")), said)
