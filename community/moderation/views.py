"""Reporting in the browser. Deciding happens in the admin."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import DomainError
from community.messages.queries import get_message_for
from community.moderation import actions
from community.moderation.forms import ReportForm
from community.moderation.models import Report
from community.moderation.permissions import can_report, can_report_message
from community.threads.permissions import can_moderate_thread
from community.threads.queries import get_post_for
from community.web import done, put_beside


@allow(Who.MEMBER, "GET", "POST")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is wrong with a post."""
    actor = actor_of(request)
    post = get_post_for(actor, pk)
    can_report(actor, post).require()
    act = partial(actions.report_post, actor=actor, post=post)
    form = ReportForm(request.POST or None, is_team=bool(can_moderate_thread(actor, post.thread)))
    return _report(request, act, form, "report", {"post": post})


@allow(Who.MEMBER, "GET", "POST")
def report_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is wrong with a message."""
    actor = actor_of(request)
    message = get_message_for(actor, pk)
    can_report_message(actor, message).require()
    act = partial(actions.report_message, actor=actor, message=message)
    return _report(request, act, ReportForm(request.POST or None), "report_message", {"message": message})


def _report(
    request: HttpRequest, act: Callable[..., Report], form: ReportForm, template: str, context: dict[str, Any]
) -> HttpResponse:
    (subject,) = context.values()
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except DomainError as error:
            put_beside(form, error)
        else:
            return done(
                request,
                subject.get_absolute_url(),
                _("Thank you. Someone of the team looks at it and tells you what they decide."),
            )
    status = 422 if form.errors else 200
    context = {"form": form, **context}
    return render(request, f"community/moderation/{template}.html", context, status=status)


@allow(Who.MODERATOR, "GET")
def queue(request: HttpRequest) -> HttpResponse:
    """Send staff to the review queue in the admin."""
    return HttpResponseRedirect(reverse("admin:moderation_case_changelist"))
