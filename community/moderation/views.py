"""Reporting in the browser. Deciding happens in the admin."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import DomainError
from community.moderation.actions import report_post
from community.moderation.forms import ReportForm
from community.moderation.permissions import can_report
from community.threads.queries import get_post_for
from community.web import done


@allow(Who.MEMBER, "GET", "POST")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is wrong with a post."""
    actor = actor_of(request)
    post = get_post_for(actor, pk)
    can_report(actor, post).require()
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report_post(actor=actor, post=post, **form.cleaned_data)
        except DomainError as error:
            if not error.fields:
                raise
            for name, sentence in error.fields.items():
                form.add_error(name, sentence)
        else:
            return done(
                request,
                post.get_absolute_url(),
                _("Thank you. Someone of the team looks at it and tells you what they decide."),
            )
    status = 422 if form.errors else 200
    return render(request, "community/moderation/report.html", {"form": form, "post": post}, status=status)


@allow(Who.MODERATOR, "GET")
def queue(request: HttpRequest) -> HttpResponse:
    """Send staff to the review queue in the admin."""
    return HttpResponseRedirect(reverse("admin:moderation_case_changelist"))
