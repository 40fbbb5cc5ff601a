"""A member's own answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import DomainError
from community.members.fields import queries
from community.members.fields.actions import answer_fields
from community.members.fields.forms import AnswersForm
from community.web import back_or, done


@allow(Who.MEMBER, "GET", "POST")
def edit_answers(request: HttpRequest) -> HttpResponse:
    """Answer what the brand would like to know."""
    actor = actor_of(request)
    # Staff fill in what is theirs to fill in from the admin: here everybody answers as a member.
    fields = [f for f in queries.fields_in_use() if f.filled_by == "member"]
    kept = queries.answers_of(actor)
    form = AnswersForm(fields, request.POST if request.method == "POST" else None, kept)
    if request.method == "POST" and form.is_valid():
        try:
            answer_fields(actor=actor, member=actor, answers=form.typed())
        except DomainError as error:
            form.refuse(error.fields or {"": error.message})
        else:
            return done(request, back_or(request, reverse("settings_answers")), _("Saved."))
    context = {"form": form, "current": "answers", "owes": queries.owes_answers(actor), "fields": fields}
    status = 422 if form.errors else 200
    return render(request, "community/members/settings_answers.html", context, status=status)
