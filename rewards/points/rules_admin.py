"""The manager's way to what earns points: what the last 30 days would have paid is shown before a rule is saved."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError
from community.members.models import Member
from community.threads.queries import get_post_for
from rewards.points import actions
from rewards.points.admin_forms import AGAIN, ASKED, ASKED_OF_EVENTS, RuleForm, warn_of_what_is_gone
from rewards.points.earning.dry import Trial, try_rule
from rewards.points.explaining import explain_post
from rewards.points.models import EarningRule, PendingAward, PendingState
from rewards.points.permissions import can_change_rules
from rewards.points.places import Places, read_places
from rewards.points.reasons import ask_reason
from rewards.points.saying import say_conditions
from rewards.points.staff import row_or_refuse
from rewards.points.words import say_limits

# A change of these needs no look at what was: they pay nothing.
SAYS_ONLY = {"name", "position", "for_helping"}
SEEN = "_seen"


@admin.register(EarningRule)
class EarningRuleAdmin(ModelAdmin):
    """Rules in force. Saving puts a new version in force, after a look at what it would have paid."""

    form = RuleForm
    list_display = (
        "name",
        "points",
        "asks",
        "delay_hours",
        "is_active",
        "version",
        "changed_at",
        "changed_by",
    )
    list_filter = ("is_active",)
    list_select_related = ("changed_by",)
    ordering = ("position", "key")
    readonly_fields = ("version", "changed_at", "changed_by")
    _places = Places()

    @admin.display(description=_("when and how often"))
    def asks(self, rule: EarningRule) -> str:
        """Say conditions and limits."""
        return "; ".join([*say_conditions(rule, self._places), *say_limits(rule)]) or "–"

    def get_queryset(self, request: HttpRequest) -> Any:
        return EarningRule.objects.in_force().order_by(*self.ordering)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        new = ("key", "verb", "beneficiary") if obj is None else ()
        return (
            (None, {"fields": (*new, "name", "points", "is_active", "position")}),
            (_("When it pays"), {"fields": ASKED}),
            (_("For events of the brand"), {"fields": ASKED_OF_EVENTS}),
            (
                _("How often"),
                {"fields": ("per_day", "per_post_day", "per_pair_day", "per_pair_month", "counts_to_cap")},
            ),
            (_("From when, and when it is final"), {"fields": ("active_from", "active_to", "delay_hours")}),
            (None, {"fields": ("for_helping", *(self.readonly_fields if obj else ()))}),
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        """Add the page that says why a post earned what it did."""
        view = self.admin_site.admin_view(self.why)
        return [path("why/<int:pk>/", view, name="points_earningrule_why"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        rules = list(self.get_queryset(request))
        asked = [(rule.name, rule.parsed_conditions) for rule in rules]
        warn_of_what_is_gone(request, [(name, it.space_ids, it.tags) for name, it in asked])
        self._places = read_places(
            {pk for _name, it in asked for pk in it.space_ids},
            {tag for _name, it in asked for tag in it.tags},
        )
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Show what the last 30 days would have paid before what was typed is saved."""
        rule = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and not request.POST.get(SEEN) and not request.POST.get(AGAIN):
            page = self._try_first(request, rule)
            if page is not None:
                return page
        elif rule is not None and request.method == "GET":
            asked = rule.parsed_conditions
            warn_of_what_is_gone(request, [(rule.name, asked.space_ids, asked.tags)])
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _try_first(self, request: HttpRequest, rule: EarningRule | None) -> HttpResponse | None:
        allowed = self.has_change_permission(request, rule) if rule else self.has_add_permission(request)
        form = self.get_form(request, rule, change=rule is not None)(request.POST, instance=rule)
        if not allowed or not form.is_valid():
            return None
        stored = EarningRule.objects.filter(pk=rule.pk).first() if rule else None
        values = form.values()
        if stored and all(getattr(stored, k) == v for k, v in values.items() if k not in SAYS_ONLY):
            return None
        fixed = stored or EarningRule(**{k: form.cleaned_data[k] for k in ("key", "verb", "beneficiary")})
        proposed = EarningRule(key=fixed.key, verb=fixed.verb, beneficiary=fixed.beneficiary, **values)
        return self._show_trial(request, proposed, stored)

    def _show_trial(
        self, request: HttpRequest, proposed: EarningRule, stored: EarningRule | None
    ) -> HttpResponse:
        found: Trial | None = None
        before: Trial | None = None
        refused = ""
        try:
            found, before = try_rule(proposed), try_rule(stored) if stored else None
        except DomainError as error:
            refused = error.message
        biggest = found.biggest() if found else []
        people = Member.objects.in_bulk([pk for pk, _points, _times in biggest])
        typed = [(k, v) for k in request.POST for v in request.POST.getlist(k) if k != "csrfmiddlewaretoken"]
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the last 30 days would have paid"),
            "opts": self.opts,
            "rule": proposed,
            "found": found,
            "before": before,
            "refused": refused,
            "biggest": [(people.get(pk), points, times) for pk, points, times in biggest],
            "typed": typed,
        }
        return TemplateResponse(request, "admin/points/replay.html", context)

    def save_model(self, request: HttpRequest, obj: EarningRule, form: Any, change: bool) -> None:
        """Put the rule, or a new version of it, in force through its action."""
        if change:
            stored = EarningRule.objects.get(pk=obj.pk)
            obj.pk = actions.change_rule(actor=actor_of(request), rule=stored, changes=form.values()).pk
        else:
            new = {name: form.cleaned_data[name] for name in ("key", "verb", "beneficiary")}
            obj.pk = actions.add_rule(actor=actor_of(request), **new, values=form.values()).pk

    def why(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show, for the team, what every rule made of a post for its author."""
        actor = actor_of(request)
        can_change_rules(actor).require()
        post = get_post_for(actor, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Why this earned what it did"),
            "opts": self.opts,
            "post": post,
            "found": explain_post(post),
            "lines": reverse("admin:points_transfer_changelist"),
        }
        return TemplateResponse(request, "admin/points/why.html", context)


@admin.register(PendingAward)
class PendingAwardAdmin(ReadOnlyAdmin):
    """Awards that were, or are, on their way."""

    list_display = ("id", "member", "rule_key", "points", "state", "due_at", "memo")
    list_filter = ("state", "rule_key")
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)
    actions_detail = ("stop", "resume")

    def _may(self, request: HttpRequest, object_id: Any, state: PendingState) -> bool:
        row = self.get_object(request, str(object_id)) if object_id is not None else None
        return self.has_view_permission(request) and (row is None or row.state == state)

    def has_stop_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whoever sees one that waits may ask; the action decides."""
        return self._may(request, object_id, PendingState.WAITING)

    def has_resume_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whoever sees one that was stopped may ask; the action decides."""
        return self._may(request, object_id, PendingState.STOPPED)

    @action(description=_("Stop"), url_path="stop", icon="block", permissions=["stop"])
    def stop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and let the award not come."""
        return self._ask(request, object_id, actions.stop_pending, _("Stop points on their way"))

    @action(description=_("Let it go on"), url_path="resume", icon="undo", permissions=["resume"])
    def resume(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and let the award go on."""
        return self._ask(request, object_id, actions.resume_pending, _("Let points go on"))

    def _ask(
        self, request: HttpRequest, object_id: str, act: Callable[..., object], title: Any
    ) -> HttpResponse:
        pending: PendingAward = row_or_refuse(self, request, object_id)
        return ask_reason(
            request,
            title=title,
            subject=f"{pending.member.name}: {pending.rule_key} ({pending.points})",
            back=reverse("admin:points_pendingaward_change", args=[object_id]),
            act=lambda reason: act(actor=actor_of(request), pending=pending, reason=reason),
            done=_("Decided."),
        )
