"""The page on which a manager says who may do what in a space, and sees at once whom that reaches."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from community.access import actor_of
from community.errors import DomainError, NotFound
from community.members.queries import get_member_for
from community.spaces import actions
from community.spaces.audiences import audience_choices
from community.spaces.models import Access, Posting, Space
from community.spaces.rights import count_rights, kinds_of_readers, sentences, standing_in

RIGHTS = ("access", "is_listed", "see_for", "replying", "reply_for", "posting", "create_for")


class RightsForm(forms.Form):
    """Who sees, replies and begins threads."""

    access = forms.ChoiceField(label=_("Who reads it"), choices=Access.choices, widget=forms.RadioSelect)
    see_for = forms.MultipleChoiceField(
        label=_("Closed: also read by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_listed = forms.BooleanField(
        label=_("Closed: members see its name and what it is for"),
        required=False,
        help_text=_("Without this the space is secret: to everyone else it does not exist."),
    )
    replying = forms.ChoiceField(label=_("Who replies"), choices=Posting.choices, widget=forms.RadioSelect)
    reply_for = forms.MultipleChoiceField(
        label=_("Chosen: replies come from"), required=False, widget=forms.CheckboxSelectMultiple
    )
    posting = forms.ChoiceField(
        label=_("Who begins threads"), choices=Posting.choices, widget=forms.RadioSelect
    )
    create_for = forms.MultipleChoiceField(
        label=_("Chosen: threads are begun by"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(choice.key, choice.words) for choice in audience_choices()]
        for name in ("see_for", "reply_for", "create_for"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def refuse(self, error: DomainError) -> None:
        """Put the sentences of a refusal beside their fields."""
        for name, text in error.fields.items():
            self.add_error(name if name in self.fields else None, text)
        if not error.fields:
            self.add_error(None, error.message)


def rights_view(site: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show and save who may do what in a space; `?as=handle` shows what one member may do."""
    actor = actor_of(request)
    space = Space.objects.visible_to(actor).filter(pk=pk).first()
    if space is None:
        raise NotFound()
    counts = count_rights(actor, space)
    form = RightsForm(initial={name: getattr(space, name) for name in RIGHTS})
    status = 200
    if request.method == "POST":
        form = RightsForm(request.POST)
        if _save(request, form, space):
            return HttpResponseRedirect(request.path)
        status = 422
    page = {
        **site.each_context(request),
        "title": _("Who may do what in %(name)s") % {"name": space.name},
        "space": space,
        "form": form,
        "sentences": sentences(space, counts),
        "readers": kinds_of_readers(space),
        "opts": Space._meta,
        **_seen_as(request, space),
    }
    return TemplateResponse(request, "admin/spaces/rights.html", page, status=status)


def _save(request: HttpRequest, form: RightsForm, space: Space) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.change_space(actor=actor_of(request), space=space, changes=dict(form.cleaned_data))
    except DomainError as error:
        form.refuse(error)
        return False
    messages.success(request, _("Saved. It holds from now on."))
    return True


def _seen_as(request: HttpRequest, space: Space) -> dict[str, Any]:
    """Return what one member may do, when the page was asked for one."""
    handle = request.GET.get("as", "").strip().lstrip("@")[:40]
    if not handle:
        return {}
    actor = actor_of(request)
    try:
        member = get_member_for(actor, handle)
    except NotFound:
        return {"handle": handle, "unknown": True}
    return {"handle": handle, "member": member, "standing": standing_in(actor, space, member)}
