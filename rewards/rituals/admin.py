"""The manager's way to rituals."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import OneRowAdmin, ReadOnlyAdmin
from rewards.points.staff import ActionForm
from rewards.rituals.actions import SEASON_FIELDS, save_ritual_rules, save_season
from rewards.rituals.ahead import look_ahead
from rewards.rituals.models import Greeting, RitualRules, Season
from rewards.rituals.permissions import can_change_rituals


def _may(user: Any) -> bool:
    return bool(can_change_rituals(user))


def _save(user: Any, changes: dict[str, Any], _form: Any) -> None:
    save_ritual_rules(actor=user, changes=changes)


@admin.register(RitualRules)
class RitualRulesAdmin(OneRowAdmin):
    """Which rituals there are, and what counts for a rhythm."""

    may_change: Callable[[Any], bool] = staticmethod(_may)
    save_changes: Callable[[Any, dict[str, Any], Any], None] = staticmethod(_save)
    fields = (
        *("streaks_on", "unit", "freezes", "floor", "least_characters"),
        *("anniversaries_on", "birthdays_on", "coming"),
    )
    readonly_fields = ("coming",)

    @admin.display(description=gettext_lazy("In the next seven days"))
    def coming(self, _row: RitualRules) -> str:
        """Say how many would be greeted, and with which words."""
        ahead = look_ahead(timezone.now())
        lines = [
            (
                _("Members who joined on one of these days in an earlier year"),
                ahead.anniversaries,
                _("3 years with us today"),
            ),
            (_("Birthdays that members entered"), ahead.birthdays, _("Happy birthday from all of us")),
            *((_("Begins: %(name)s") % {"name": it.name}, ahead.taking_part, it.words) for it in ahead.begin),
            *(
                (_("Ends: %(name)s") % {"name": it.name}, "", _("Thank you for your part in it."))
                for it in ahead.end
            ),
        ]
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}: <strong>{}</strong><br>“{}”</li>", lines)
        )


class SeasonForm(ActionForm):
    """A season to plan, or one to change."""

    def act(self, typed: dict[str, Any]) -> Season:
        """Plan or change it."""
        season = Season() if self.instance.pk is None else Season.objects.get(pk=self.instance.pk)
        return save_season(actor=self.actor, season=season, changes=typed)


@admin.register(Season)
class SeasonAdmin(ModelAdmin):
    """Seasons, to come too. One that was begun is changed or called off, not deleted."""

    form = SeasonForm
    list_display = ("name", "starts_on", "ends_on", "is_active", "campaign_key")
    ordering = ("-starts_on",)
    fields = SEASON_FIELDS

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""


@admin.register(Greeting)
class GreetingAdmin(ReadOnlyAdmin):
    """Who was greeted for what, or would have been: written by what happens, never typed."""

    list_display = ("member", "ritual", "period", "day", "made_at")
    list_filter = ("ritual",)
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)
