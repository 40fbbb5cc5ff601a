"""A member's own rhythm and birthday, and the seasons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import DomainError
from community.web import done, guest_cacheable, put_beside
from rewards.points.panels import wants_recognition
from rewards.rituals import saying
from rewards.rituals.actions import save_birthday, save_choices
from rewards.rituals.forms import BirthdayForm, ChoicesForm
from rewards.rituals.permissions import has_rhythm
from rewards.rituals.queries import choices_of, get_rhythm
from rewards.rituals.seasons import get_season_for, list_seasons


@allow(Who.MEMBER, "GET", "POST")
def rhythm(request: HttpRequest) -> HttpResponse:
    """One's own weeks in a row: how many, why each counted or did not, and the switches."""
    actor = actor_of(request)
    form = ChoicesForm(request.POST if request.method == "POST" else None, instance=choices_of(actor))
    if request.method == "POST" and form.is_valid():
        save_choices(actor=actor, changes=form.cleaned_data)
        return done(request, reverse("rhythm"), _("Saved."))
    page = get_rhythm(actor)
    context = {
        "page": page,
        "form": form,
        "has_rhythm": has_rhythm(actor) and page.rules.streaks_on,
        "is_hidden": not wants_recognition(actor),
        "length": saying.say_length(page.current, page.rules.unit),
        "floor": saying.say_floor(page.rules),
        "spares": saying.say_spares(page.rules),
        "rows": [
            (saying.say_when(it), saying.say_state(it), saying.say_why(it), it.state) for it in page.periods
        ],
    }
    return render(request, "rewards/rituals/rhythm.html", context, status=422 if form.errors else 200)


@allow(Who.MEMBER, "GET", "POST")
def birthday(request: HttpRequest) -> HttpResponse:
    """The day and month a member shares, if they like, and with whom."""
    actor = actor_of(request)
    form = BirthdayForm(request.POST if request.method == "POST" else None, choices=choices_of(actor))
    if request.method == "POST" and form.is_valid():
        try:
            save_birthday(actor=actor, **form.cleaned_data)
        except DomainError as error:
            put_beside(form, error)
        else:
            return done(request, reverse("birthday"), _("Saved."))
    context = {"form": form, "current": "birthday"}
    return render(request, "rewards/rituals/birthday.html", context, status=422 if form.errors else 200)


@allow(Who.GUEST, "GET")
@guest_cacheable
def seasons(request: HttpRequest) -> HttpResponse:
    """The season that runs, and those that were."""
    return render(
        request,
        "rewards/rituals/seasons.html",
        {"seasons": [(it, saying.say_days(it)) for it in list_seasons()[:50]]},
    )


@allow(Who.GUEST, "GET")
@guest_cacheable
def season(request: HttpRequest, key: str) -> HttpResponse:
    """One season, and what a member contributed in it."""
    page = get_season_for(viewer_of(request), key)
    return render(
        request,
        "rewards/rituals/season.html",
        {"page": page, "days": saying.say_days(page.season), "names": saying.season_names()},
    )
