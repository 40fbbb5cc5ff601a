"""The manager's way to the numbers: one page a feature, each number with what it does, its default and its range."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.errors import DomainError
from community.numbers.actions import change_numbers, reset_numbers
from community.numbers.forms import SHOWN_FIELD, Sheet
from community.numbers.models import NumberInForce
from community.numbers.permissions import can_change_numbers
from community.numbers.queries import Group, Shown, list_groups, list_numbers_for

# A search for one letter finds everything, and a form of everything is more than a request may carry.
MOST_FOUND = 30


@admin.register(NumberInForce)
class NumberAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Shows the sheet instead of a list of rows; changes go through the actions."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: NumberInForce | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: NumberInForce | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: NumberInForce | None = None) -> bool:
        return bool(request.user.is_authenticated and can_change_numbers(actor_of(request)))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A row has no page of its own: lead to the sheet it stands on."""
        return HttpResponseRedirect(reverse("admin:numbers_numberinforce_changelist"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a feature's numbers, or those found; save what was typed, or set one back."""
        actor = actor_of(request)
        can_change_numbers(actor).require()
        everything, groups = list_numbers_for(actor), list_groups()
        chosen, words = _choice(request.GET, groups)
        sheet = Sheet(_wanted(everything, chosen, words))
        status = 200
        if request.method == "POST":
            if "reset" in request.POST:
                _reset(request, request.POST["reset"])
                everything = list_numbers_for(actor)
                sheet = Sheet(_wanted(everything, chosen, words))
                sheet.read(_typed_beside(request.POST["reset"], request.POST))
            elif _save(request, sheet):
                return HttpResponseRedirect(request.get_full_path())
            else:
                status = 422
        page = {
            **self.admin_site.each_context(request),
            "title": _("Numbers"),
            "sheet": sheet,
            "groups": [
                (group, sum(one.is_changed for one in everything if one.group == group)) for group in groups
            ],
            "chosen": chosen,
            "words": words,
            "more": words and len(sheet.lines) == MOST_FOUND,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/numbers/sheet.html", page, status=status)


def _choice(asked: QueryDict, groups: list[Group]) -> tuple[Group | None, str]:
    words = asked.get("q", "").strip()[:80]
    if words:
        return None, words
    return next((group for group in groups if group.name == asked.get("of")), groups[0]), ""


def _wanted(everything: list[Shown], chosen: Group | None, words: str) -> list[Shown]:
    if chosen is not None:
        return [one for one in everything if one.group == chosen]
    found = words.casefold().split()
    hits = (one for one in everything if all(word in _text(one) for word in found))
    return [one for one, _place in zip(hits, range(MOST_FOUND), strict=False)]


def _text(shown: Shown) -> str:
    return f"{shown.title} {shown.why} {shown.group.title} {shown.key}".casefold()


def _save(request: HttpRequest, sheet: Sheet) -> bool:
    if not sheet.read(request.POST):
        return False
    try:
        changed = change_numbers(actor=actor_of(request), changes=sheet.changes)
    except DomainError as error:
        sheet.refuse(error.fields)
        messages.error(request, error.message)
        return False
    said = ngettext("%(n)d number changed.", "%(n)d numbers changed.", len(changed)) % {"n": len(changed)}
    messages.success(request, said if changed else _("Nothing was different."))
    return True


def _reset(request: HttpRequest, key: str) -> None:
    try:
        if reset_numbers(actor=actor_of(request), keys=[key]):
            messages.success(request, _("It is back to its default."))
    except DomainError as error:
        messages.error(request, error.message)


def _typed_beside(key: str, typed: QueryDict) -> dict[str, str]:
    """What was typed and is not saved yet, without the number that was set back and without what the page showed."""
    return {
        name: str(text)
        for name, text in typed.items()
        if name not in (key, SHOWN_FIELD) and not name.startswith(f"{key}.")
    }
