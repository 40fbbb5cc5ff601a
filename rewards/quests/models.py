"""Quests, their steps, who takes part in which, and how far they are."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.spaces.audiences import keys_held_by
from rewards.badges.models import Badge
from rewards.badges.rules.tree import read

if TYPE_CHECKING:
    from community.members.models import Member
    from rewards.badges.rules.tree import Rule

# What is over may still be healed for so many days: a deed of the last evening is heard a moment after midnight.
HEALED_AFTER = dt.timedelta(days=1)


def today() -> dt.date:
    """Return the day it is, in UTC, as the dates of quests are."""
    return timezone.now().astimezone(dt.UTC).date()


class Kind(models.TextChoices):
    """What a quest is for."""

    ONBOARDING = "onboarding", _("First steps of newcomers")
    MISSION = "mission", _("Mission")
    TEAM = "team", _("Together")


class State(models.TextChoices):
    """Where a quest is in its life."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Over")


class QuestQuerySet(models.QuerySet["Quest"]):
    """Who may read a quest is defined here and nowhere else."""

    def running(self, day: dt.date) -> Self:
        """Quests that count what is done on a day."""
        begun, lasting = Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        return self.filter(begun, lasting, state=State.OPEN)

    def healing(self, day: dt.date) -> Self:
        """The same, and those that ended so lately that a deed of their time may not be counted yet."""
        return self.running(day) | self.running(day - HEALED_AFTER)

    def meant_for(self, member: "Member") -> Self:
        """Quests whose audience a member belongs to. An empty audience is everybody."""
        audience = Q(audience=[]) | Q(audience__overlap=keys_held_by(member.pk))
        days = (timezone.now() - member.joined_at).days
        return self.filter(audience, Q(newcomer_days=None) | Q(newcomer_days__gt=days))

    def visible_to(self, viewer: "Member") -> Self:
        """Missions and what is done together, but no drafts: those meant for the viewer and those they took part in; the team sees all of them."""
        missions = self.exclude(kind=Kind.ONBOARDING).exclude(state=State.DRAFT)
        if viewer.is_at_least("manager"):
            return missions
        taken = Taking.objects.filter(member=viewer).values("quest")
        meant = QuestQuerySet(Quest).meant_for(viewer).values("pk")
        return missions.filter(Q(pk__in=meant) | Q(pk__in=taken))


class Quest(models.Model):
    """A few steps with a purpose. Once somebody has begun, what is counted and what it brings stay as they are."""

    key = models.SlugField(_("address"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MISSION)
    name = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("what it is"), max_length=300)
    why = models.CharField(
        _("what it is good for"), max_length=300, blank=True, default="", help_text=_("Who is helped by it.")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DRAFT, editable=False
    )
    starts_on = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Left empty, it begins on the day it is opened.")
    )
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("This day counts. Left empty, it has no end.")
    )
    audience = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
        help_text=_("Nobody chosen: for everybody."),
    )
    newcomer_days = models.PositiveSmallIntegerField(
        _("only who joined at most so many days ago"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    asks_joining = models.BooleanField(
        _("members join it themselves"),
        default=True,
        help_text=_("Otherwise it begins with the first thing that counts."),
    )
    rule_key = models.CharField(_("points at the end"), max_length=40, blank=True, default="")
    badge = models.ForeignKey(
        Badge,
        verbose_name=_("badge at the end"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who asks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Of what is done together alone.
    goal = models.PositiveIntegerField(
        _("goal of all together"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text=_("How many of what its step counts, summed over everybody. For “together” alone."),
    )
    floor = models.PositiveSmallIntegerField(
        _("who is thanked: from so many on"),
        default=1,
        db_default=1,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("What one member brought to it at least. For “together” alone."),
    )
    reached = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    reached_at = models.DateTimeField(null=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=50)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = QuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("quest")
        verbose_name_plural = _("quests")
        ordering = ("position", "key")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="quest_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(goal__gte=1) | (Q(goal=None) & ~Q(kind="team")), name="quest_together_has_goal"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="onboarding", state="open"),
                name="quest_one_open_onboarding",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return "/welcome/" if self.kind == Kind.ONBOARDING else f"/quests/{self.key}/"

    def clean(self) -> None:
        """Refuse an end before the beginning, and something done together without a goal."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end comes before the beginning.")})
        if self.is_together and self.goal is None:
            raise ValidationError({"goal": _("Say how many it is to be together.")})

    @property
    def is_together(self) -> bool:
        """Whether everybody's deeds are added up."""
        return self.kind == Kind.TEAM

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come."""
        return self.starts_on is None or self.starts_on <= today()

    @property
    def is_over(self) -> bool:
        """Whether it was ended, or its last day has passed."""
        return self.state == State.ENDED or (self.ends_on is not None and self.ends_on < today())


class Step(models.Model):
    """One step: what to do, where, and the rule that says when it is done."""

    quest = models.ForeignKey(Quest, verbose_name=_("quest"), on_delete=models.CASCADE, related_name="steps")
    key = models.SlugField(_("key"), max_length=30)
    place = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("what to do"), max_length=120)
    hint = models.CharField(_("a word about it"), max_length=200, blank=True, default="")
    url = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("A page of this community: begins with /"),
    )
    # A tree, as badges have it (`rewards.badges.rules.tree`).
    rule = models.JSONField(_("conditions"), editable=False)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("quest", "place", "id")
        constraints = [models.UniqueConstraint(fields=["quest", "key"], name="quest_step_key_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def tree(self) -> "Rule | None":
        """Its rule as a tree; None while there is none yet, in the form of a new step."""
        return read(self.rule) if self.rule else None


class TakingState(models.TextChoices):
    """Where a member is in a quest."""

    UNDER_WAY = "under_way", _("Under way")
    FINISHED = "finished", _("Finished")
    LEFT = "left", _("Left")


class Taking(models.Model):
    """One member takes part in one quest. What they do counts from `began_on` (UTC); null: from ever."""

    quest = models.ForeignKey(Quest, on_delete=models.PROTECT, related_name="takings")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quest_takings"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=TakingState.choices, default=TakingState.UNDER_WAY
    )
    began_on = models.DateField(null=True)
    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    # When the member put the one line about it away.
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("taking part")
        verbose_name_plural = _("taking part")
        constraints = [
            models.UniqueConstraint(fields=["quest", "member"], name="quest_taken_once"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=False) | ~Q(state="finished"),
                name="quest_finished_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["member", "state"], name="quest_taking_of_member")]

    def __str__(self) -> str:
        return f"{self.quest_id}: {self.member_id}"


class Progress(models.Model):
    """How far a member is in one step. It falls with what was undone, until the quest is finished."""

    taking = models.ForeignKey(Taking, on_delete=models.CASCADE, related_name="progress", db_index=False)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="+")
    have = models.PositiveIntegerField(default=0)
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taking", "step"], name="quest_progress_once")]

    def __str__(self) -> str:
        return f"{self.taking_id}: {self.step_id}"


class Choice(models.Model):
    """A member's own switch: whether quests are hidden from them, with their notices."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    hides = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.hides}"
