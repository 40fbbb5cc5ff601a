"""What rituals put on pages of lower features: one's own rhythm on the statement; on the profile, what a member shows."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format

from community.access import viewer_of
from rewards.points.panels import wants_recognition
from rewards.rituals.queries import birthday_for, get_rhythm, shown_rhythm_of
from rewards.rituals.saying import say_birthday, say_length
from rewards.rituals.seasons import running_season


def own_rhythm(request: HttpRequest, subject: Any) -> str:
    """Lead from one's statement to one's rhythm, with how many are in a row."""
    viewer = viewer_of(request)
    if viewer is None or viewer.pk != subject.pk or not wants_recognition(viewer):
        return ""
    page = get_rhythm(viewer)
    if not page.is_on:
        return ""
    context = {"page": page, "said": say_length(page.current, page.rules.unit)}
    return render_to_string("rewards/rituals/_statement.html", context, request=request)


def shown_rhythm(request: HttpRequest, subject: Any) -> str:
    """Show what a member lets others see of their rhythm: nothing until they choose it."""
    if not wants_recognition(viewer_of(request)):
        return ""
    number, unit = shown_rhythm_of(subject)
    if not number:
        return ""
    context = {"said": say_length(number, unit)}
    return render_to_string("rewards/rituals/_profile.html", context, request=request)


def shown_birthday(request: HttpRequest, subject: Any) -> str:
    """Show the birthday of who lets members see it; never to guests, nor to whom they blocked."""
    viewer = viewer_of(request)
    found = birthday_for(viewer, subject)
    if found is None:
        return ""
    context = {"said": say_birthday(*found)}
    return render_to_string("rewards/rituals/_birthday.html", context, request=request)


def season_card(request: HttpRequest, _subject: Any) -> str:
    """Say at home which season it is."""
    if not wants_recognition(viewer_of(request)):
        return ""
    season = running_season()
    if season is None:
        return ""
    context = {"season": season, "until": date_format(season.ends_on)}
    return render_to_string("rewards/rituals/_home.html", context, request=request)
