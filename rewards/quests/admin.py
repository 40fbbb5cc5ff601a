"""The manager's way to quests: what each is, its steps with the editor of badges, and where it is in its life."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from community.access import actor_of
from community.errors import DomainError
from community.spaces.audiences import audience_choices
from community.web import SeeOther
from rewards.badges.admin_editing import ConditionsForm, fieldsets_of_rows, with_rows
from rewards.points.models import EarningRule
from rewards.points.staff import ActionForm, row_or_refuse
from rewards.points.words import translated
from rewards.quests import actions
from rewards.quests.models import Progress, Quest, State, Step, Taking, TakingState
from rewards.quests.permissions import can_change_quests
from rewards.quests.queries import qualifying_lately
from rewards.quests.verbs import QUEST_FINISHED


def _paying() -> list[tuple[str, str]]:
    rules = EarningRule.objects.in_force().filter(verb=QUEST_FINISHED.name)
    return [("", "–"), *((rule.key, f"{rule.points} · {translated(rule.name)}") for rule in rules)]


class QuestForm(ActionForm):
    """A quest to make, or one to change."""

    audience = forms.MultipleChoiceField(
        label=_("for whom"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Nobody chosen: for everybody."),
    )
    rule_key = forms.ChoiceField(
        label=_("points at the end"),
        required=False,
        choices=_paying,
        widget=UnfoldAdminSelectWidget,
        help_text=_("The rules that pay for finished quests stand among the earning rules."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [(one.key, one.words) for one in audience_choices()]  # type: ignore[attr-defined]

    def act(self, typed: dict[str, Any]) -> Quest:
        """Make or change it."""
        pk = self.instance.pk
        quest = Quest(key=typed["key"]) if pk is None else Quest.objects.get(pk=pk)
        changes = {name: typed[name] for name in actions.QUEST_FIELDS if name in typed}
        return actions.save_quest(actor=self.actor, quest=quest, changes=changes)


class WithActor(ModelAdmin):
    """A page whose form is told who acts."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""


@admin.register(Quest)
class QuestAdmin(WithActor):
    """Quests are ended, not deleted: who finished one keeps it."""

    form = QuestForm
    list_display = ("name", "kind", "state", "starts_on", "ends_on", "begun", "finished")
    list_filter = ("state", "kind")
    search_fields = ("name", "=key")
    ordering = ("position", "key")
    autocomplete_fields = ("badge", "host")
    actions_detail: ClassVar = ("desk",)
    fieldsets = (
        (None, {"fields": ("key", "kind", "name", "about", "why", "host", "position")}),
        (
            _("When and for whom"),
            {"fields": ("starts_on", "ends_on", "asks_joining", "audience", "newcomer_days")},
        ),
        (_("What it brings"), {"fields": ("rule_key", "badge")}),
        (_("Together"), {"fields": ("goal", "floor")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quest]:
        """Count who began and who finished."""
        rows: QuerySet[Quest] = super().get_queryset(request)
        finished = Q(takings__state=TakingState.FINISHED)
        return rows.annotate(begun=Count("takings"), finished=Count("takings", filter=finished))

    @admin.display(description=_("began"))
    def begun(self, quest: Any) -> int:
        """How many began it."""
        return int(quest.begun)

    @admin.display(description=_("finished"))
    def finished(self, quest: Any) -> int:
        """How many finished it."""
        return int(quest.finished)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def response_add(self, request: HttpRequest, obj: Quest, post_url_continue: Any = None) -> HttpResponse:
        """After making one come its steps."""
        return SeeOther(_desk_of(obj))

    @action(description=_("Steps and state"), url_path="desk", icon="checklist")
    def desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The steps of a quest with how many did each, and the buttons that open, pause, end and copy it."""
        actor = actor_of(request)
        can_change_quests(actor).require()
        quest: Quest = row_or_refuse(self, request, object_id)  # type: ignore[arg-type]
        if request.method == "POST":
            return self._move(request, quest)
        done = Count("id", filter=Q(is_done=True))
        many = dict(
            Progress.objects.filter(step__quest=quest)
            .values("step")
            .annotate(n=done)
            .values_list("step", "n")
        )
        takings = Taking.objects.filter(quest=quest)
        context = {
            **self.admin_site.each_context(request),
            "title": quest.name,
            "quest": quest,
            "steps": [(step, many.get(step.pk, 0)) for step in quest.steps.all()],
            "begun": takings.count(),
            "finished": takings.filter(state=TakingState.FINISHED).count(),
            "left": takings.filter(state=TakingState.LEFT).count(),
            "moves": sorted(actions.definitions.MOVES[State(quest.state)]),
        }
        return TemplateResponse(request, "admin/quests/desk.html", context)

    def _move(self, request: HttpRequest, quest: Quest) -> HttpResponse:
        actor, wanted = actor_of(request), request.POST.get("to", "")
        try:
            if wanted == "copy":
                quest = actions.duplicate_quest(actor=actor, quest=quest)
                messages.success(request, _("This is the copy, a draft without dates."))
            elif wanted in State.values:
                quest = actions.move_quest(actor=actor, quest=quest, state=wanted)
                messages.success(request, _("Done."))
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return SeeOther(_desk_of(quest))


def _desk_of(quest: Quest) -> str:
    return reverse("admin:quests_quest_desk", args=[quest.pk])


@with_rows
class StepForm(ConditionsForm):
    """A step with its conditions."""

    actor: Any

    class Meta:
        model = Step
        fields: ClassVar = "__all__"

    def look_through(self) -> None:
        """Ask the action, whose refusals stand at the fields."""
        if self.errors:
            return
        step = Step.objects.get(pk=self.instance.pk) if self.instance.pk else Step()
        if step.pk is None:
            step.quest = self.cleaned_data["quest"]
        changes = {name: self.cleaned_data[name] for name in actions.STEP_FIELDS if name in self.cleaned_data}
        try:
            self.instance = actions.save_step(actor=self.actor, step=step, changes=changes)
        except DomainError as refusal:
            for name, sentence in (refusal.fields or {"": refusal.message}).items():
                named = "c0_of" if name.startswith("rule") else name
                self.add_error(named if named in self.fields else None, sentence)


class LookedAtForm(StepForm):
    """The same, only looked at: nothing is saved."""

    def look_through(self) -> None:
        """Ask nobody."""


@admin.register(Step)
class StepAdmin(WithActor):
    """Steps of quests, with the editor of badges and what they would have been lately."""

    form = StepForm
    list_display = ("title", "quest", "place")
    list_filter = ("quest",)
    list_select_related = ("quest",)
    ordering = ("quest", "place")
    change_form_before_template = "admin/quests/count.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it is, then its conditions one by one."""
        return [
            (None, {"fields": ("quest", ("key", "place"), "title", "hint", "url", "join")}),
            *fieldsets_of_rows(),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("quest",) if obj is not None else ()

    def get_actions(self, request: HttpRequest) -> Any:
        """Steps are taken out one by one, by their action."""
        return {}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        begun = obj is not None and Taking.objects.filter(quest=obj.quest_id).exists()
        return super().has_delete_permission(request, obj) and not begun

    def delete_model(self, request: HttpRequest, obj: Step) -> None:
        """Take it out through its action."""
        actions.remove_step(actor=actor_of(request), step=obj)

    def get_urls(self) -> list[Any]:
        """Add the count of those who would have done it."""
        view = self.admin_site.admin_view(self.count)
        return [path("count/", view, name="quests_step_count"), *super().get_urls()]

    def count(self, request: HttpRequest) -> HttpResponse:
        """Say how many members would have done the step in the form lately; nothing is saved."""
        can_change_quests(actor_of(request)).require()
        form = LookedAtForm(request.POST or None)
        form.is_valid()
        said = _say_count(form) if form.is_bound else ""
        if "HX-Request" in request.headers:
            return HttpResponse(escape(said))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who would have done it"),
            "said": said,
        }
        return TemplateResponse(request, "admin/badges/counted.html", context)


def _say_count(form: LookedAtForm) -> str:
    rows = [name for name in form.errors if name.startswith("c") and name[1:2].isdigit()]
    if form.fault or rows:
        return form.fault or " ".join(str(sentence) for sentence in form.errors[rows[0]])
    if form.rule is None:
        return str(_("Say what is counted."))
    found, days = qualifying_lately(form.rule, form.cleaned_data.get("quest"))
    if found is None:
        return str(_("Counting this takes too long here."))
    said = ngettext(
        "In the last %(days)s days, %(n)s member would have done this step.",
        "In the last %(days)s days, %(n)s members would have done this step.",
        found,
    )
    return said % {"days": days, "n": found}
