"""The manager's way to badges: define them, give one by hand, take one back with a reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from community.access import actor_of
from community.errors import DomainError
from rewards.badges import actions
from rewards.badges.actions.lists import ListLine
from rewards.badges.admin_editing import BadgeForm, fieldsets_of_rows
from rewards.badges.models import Award, Badge
from rewards.badges.permissions import can_change_badges
from rewards.badges.rules.counting import count_qualifying
from rewards.badges.rules.words import say_rule
from rewards.points.reasons import ask_reason
from rewards.points.staff import ActionForm, WrittenOnceAdmin


@admin.register(Badge)
class BadgeAdmin(ModelAdmin):
    """Badges are paused, not deleted: who earned one keeps it."""

    form = BadgeForm
    list_display = ("name", "family", "metal", "conditions", "holder_count", "is_active")
    list_filter = ("is_active", "family", "metal", "every")
    search_fields = ("name", "=key")
    ordering = ("position", "key")
    change_form_before_template = "admin/badges/count.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it is, then its conditions one by one."""
        looks = (("key", "name"), "description", ("family", "metal"), ("art", "position"))
        use = (
            ("is_active", "gives_title"),
            ("opens_spaces", "takes_nominations"),
            "criteria",
            ("join", "every"),
        )
        return [(None, {"fields": (*looks, *use)}), *fieldsets_of_rows()]

    @admin.display(description=_("conditions"))
    def conditions(self, badge: Badge) -> str:
        """Its rule in words."""
        tree = badge.tree
        return say_rule(tree, {}) if tree else str(_("given by hand"))

    def get_urls(self) -> list[Any]:
        """Add the count of those who would qualify."""
        view = self.admin_site.admin_view(self.count)
        return [path("count/", view, name="badges_badge_count"), *super().get_urls()]

    def count(self, request: HttpRequest) -> HttpResponse:
        """Say how many members the conditions in the form would let in; nothing is saved."""
        can_change_badges(actor_of(request)).require()
        form = BadgeForm(request.POST or None)
        form.is_valid()
        said = _say_count(form) if form.is_bound else ""
        if "HX-Request" in request.headers:
            return HttpResponse(escape(said))
        context = {**self.admin_site.each_context(request), "title": _("Who would qualify"), "said": said}
        return TemplateResponse(request, "admin/badges/counted.html", context)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Badge, form: Any, change: bool) -> None:
        """Create or change the badge through its action."""
        values = {name: form.cleaned_data.get(name) for name in actions.BADGE_FIELDS}
        badge = Badge.objects.get(pk=obj.pk) if change else Badge(key=form.cleaned_data["key"])
        obj.pk = actions.save_badge(actor=actor_of(request), badge=badge, changes=values).pk


def _say_count(form: BadgeForm) -> str:
    rows = [name for name in form.errors if name.startswith("c") and name[1:2].isdigit()]
    if form.fault or rows:
        return form.fault or " ".join(str(sentence) for sentence in form.errors[rows[0]])
    if form.rule is None:
        return str(_("Without conditions, people give it by hand."))
    found = count_qualifying(form.rule, form.cleaned_data.get("every") or "")
    if found is None:
        return str(_("Counting this takes too long here. It will be counted in the background."))
    return ngettext("%(n)s member would qualify.", "%(n)s members would qualify.", found) % {"n": found}


class AwardForm(ActionForm):
    """Giving a badge by hand."""

    class Meta:
        model = Award
        fields = ("badge", "member", "reason", "citation")

    def act(self, typed: dict[str, Any]) -> Award:
        """Give the badge."""
        return actions.give_badge(
            actor=self.actor,
            badge=typed["badge"],
            member=typed["member"],
            reason=typed["reason"],
            citation=typed.get("citation") or "",
        )


class ListForm(forms.Form):
    """A badge, a list of handles, and why."""

    badge = forms.ModelChoiceField(
        label=_("Badge"), queryset=Badge.objects.active(), widget=UnfoldAdminSelectWidget()
    )
    list = forms.CharField(
        label=_("who gets it"),
        help_text=_("A handle in each line; after a comma, what everyone reads."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
    )
    reason = forms.CharField(
        label=_("reason"),
        help_text=_("The member reads it."),
        max_length=300,
        widget=UnfoldAdminTextInputWidget(),
    )

    def typed(self) -> dict[str, Any]:
        """Return what the action asks for."""
        return {
            "badge": self.cleaned_data["badge"],
            "text": self.cleaned_data["list"],
            "reason": self.cleaned_data["reason"],
        }


@admin.register(Award)
class AwardAdmin(WrittenOnceAdmin):
    """Who holds what. Adding one gives a badge by hand; one can be taken back."""

    list_display = ("badge", "member", "awarded_at", "revoked_at", "is_by_hand", "reason")
    list_filter = ("badge", "is_by_hand", ("revoked_at", admin.EmptyFieldListFilter))
    search_fields = ("=member__handle",)
    list_select_related = ("badge", "member")
    add_form = AwardForm
    add_fields = ("badge", "member", "reason", "citation")
    actions_list = ("from_list",)

    @action(
        description=_("Give to many"), url_path="from-list", icon="upload_file", permissions=["take_back"]
    )
    def from_list(self, request: HttpRequest) -> HttpResponse:
        """Give a badge to everyone in a list: looked through first, then given."""
        actor, form = actor_of(request), ListForm(request.POST or None)
        can_change_badges(actor).require()
        lines: list[ListLine] = []
        is_dry_run = "give" not in request.POST
        if request.method == "POST" and form.is_valid():
            try:
                lines = actions.give_from_list(actor=actor, is_dry_run=is_dry_run, **form.typed())
            except DomainError as refusal:
                for name, sentence in (refusal.fields or {"": refusal.message}).items():
                    form.add_error(name if name in form.fields else None, sentence)
        good = sum(line.is_good for line in lines)
        if good and not is_dry_run:
            said = ngettext("%(n)s badge was given.", "%(n)s badges were given.", good) % {"n": good}
            messages.success(request, said)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Give a badge to many"),
            "form": form,
            "lines": lines,
            "good": good,
            "is_dry_run": is_dry_run,
        }
        return TemplateResponse(
            request, "admin/badges/list.html", context, status=422 if form.errors else 200
        )

    @action(description=_("Take back"), url_path="take-back", icon="undo", permissions=["take_back"])
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and take the badge back."""
        award: Award = self.row_or_refuse(request, object_id)
        return ask_reason(
            request,
            title=_("Take the badge back"),
            subject=f"{award.member.name}: {award.badge.name}",
            back=reverse("admin:badges_award_change", args=[object_id]),
            act=lambda reason: actions.revoke_award(actor=actor_of(request), award=award, reason=reason),
            done=_("The badge was taken back."),
        )
