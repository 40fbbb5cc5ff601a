"""What was decided about me, and saying what I think of it. Works while suspended: reading and answering stays open."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.access import Who, actor_of, allow
from community.errors import DomainError, NotFound
from community.moderation import limits
from community.moderation.appeals.actions import appeal_case, appeal_penalty
from community.moderation.appeals.queries import (
    POST,
    AgainstMe,
    get_case_about,
    get_case_against,
    get_penalty_against,
)
from community.threads.queries import get_post_for
from community.web import SeeOther, done, put_beside


class AppealForm(forms.Form):
    """Why the team should look again."""

    words = forms.CharField(
        label=gettext_lazy("What the team should know"),
        max_length=limits.APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("You can say this once. Somebody who did not decide it reads it."),
        error_messages={"required": gettext_lazy("Tell the team in your own words what they should know.")},
    )


@allow(Who.MEMBER, "GET", "POST")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what was decided about something of mine, and appeal."""
    actor = actor_of(request)
    against = get_case_against(actor, pk)
    assert against.case is not None
    act = partial(appeal_case, actor=actor, case=against.case)
    return _answer(request, against, act, reverse("appeal_case", args=[pk]))


@allow(Who.MEMBER, "GET")
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what was decided about a post of mine; to the post itself where nothing stands against it any more."""
    actor = actor_of(request)
    try:
        case = get_case_about(actor, subject=(POST, pk))
    except NotFound:
        if get_post_for(actor, pk).author_id != actor.pk:
            raise
        return HttpResponseRedirect(f"/p/{pk}/menu/")
    return HttpResponseRedirect(reverse("appeal_case", args=[case.pk]))


@allow(Who.MEMBER, "GET", "POST")
def penalty(request: HttpRequest, pk: int) -> HttpResponse:
    """Read why something is closed to me, and appeal. What came with a case is appealed with it."""
    actor = actor_of(request)
    against = get_penalty_against(actor, pk)
    assert against.penalty is not None
    if against.penalty.case_id is not None:
        return SeeOther(reverse("appeal_case", args=[against.penalty.case_id]))
    act = partial(appeal_penalty, actor=actor, penalty=against.penalty)
    return _answer(request, against, act, reverse("appeal_penalty", args=[pk]))


def _answer(request: HttpRequest, against: AgainstMe, act: Callable[..., Any], here: str) -> HttpResponse:
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except DomainError as error:
            put_beside(form, error)
        else:
            return done(request, here, _("Your words are with the team. You hear what they decide."))
    context = {"form": form, "against": against}
    status = 422 if form.errors else 200
    return render(request, "community/moderation/appeal.html", context, status=status)
