"""A page of the admin that asks for a reason before something is done to a member."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from community.errors import DomainError
from community.web import SeeOther

Text = str | Promise


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("reason"),
        help_text=_("The member reads it."),
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


def ask_reason(
    request: HttpRequest,
    *,
    title: Text,
    subject: str,
    back: str,
    act: Callable[[str], object],
    done: Text,
) -> HttpResponse:
    """Show the form; when it comes back, act, and return to where it came from. A refusal stands in the form."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except DomainError as refusal:
            form.add_error("reason", refusal.message)
        else:
            messages.success(request, str(done))
            return SeeOther(back)
    context = {
        **admin.site.each_context(request),
        "title": title,
        "subject": subject,
        "back": back,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "rewards/reason.html", context, status=status, using="django")
