"""Reports and the cases they gather in."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.messages.models import Message
from community.threads.models import Post


class Reason(models.TextChoices):
    """Why someone reports a post."""

    OFF_TOPIC = "off_topic", _("It is in the wrong place")
    UNKIND = "unkind", _("It is unkind to someone")
    SPAM = "spam", _("It advertises something")
    PRIVATE = "private", _("It shows private things about a person")
    ILLEGAL = "illegal", _("It is against the law")
    OTHER = "other", _("Something else")


class Decision(models.TextChoices):
    """What staff may decide about a reported post and who wrote it. Penalties also remove the post."""

    KEEP = "keep", _("Keep it: nothing wrong here")
    HIDE = "hide", _("Hide it for now")
    REMOVE = "remove", _("Remove it")
    WARN = "warn", _("Remove it and warn its author")
    SILENCE = "silence", _("Remove it and pause writing for its author")
    SUSPEND = "suspend", _("Remove it and pause the author's account")


class CaseState(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Waiting")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Settled elsewhere")
    UNDONE = "undone", _("Undone by an appeal")


class Case(models.Model):
    """One thing that needs a decision by staff. Of each kind, a subject has at most one case that is open.

    What kinds there are and what each offers is code (`case_kinds`). Reports of a post or message gather in its open case.
    """

    kind = models.CharField(_("kind"), max_length=32, default="post_report", db_default="post_report")
    # `label_lower` and key of what it is about. Reported posts and messages are named by their own columns as well.
    subject_type = models.CharField(max_length=48, default="", db_default="")
    subject_id = models.BigIntegerField(null=True, blank=True)
    # What the page of the case explains, in the words of its kind; and how grave or likely it is, higher first.
    facts = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    score = models.FloatField(_("score"), default=0, db_default=0)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="cases"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="cases_about"
    )
    # Where it happened. Cases in no space, like those about messages, are for those who keep order everywhere.
    space_id = models.BigIntegerField(null=True)
    state = models.CharField(_("state"), max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    report_count = models.PositiveIntegerField(_("reports"), default=0)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=32, blank=True, default="")
    decision_reason = models.CharField(_("reason told to the author"), max_length=300, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # What an undo puts back: {"post_state": "visible"}.
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("review queue")
        constraints = [
            models.UniqueConstraint(
                fields=["message"], condition=Q(state="open"), name="case_open_once_per_message"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(state="open"),
                name="case_open_once_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False, space_id__isnull=False, message=None)
                | Q(post=None, space_id=None, message__isnull=False)
                | Q(post=None, message=None, subject_id__isnull=False),
                name="case_about_a_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "-score", "id"], condition=Q(state="open"), name="case_most_urgent"
            ),
            models.Index(
                fields=["kind", "due_at", "-score", "id"], condition=Q(state="open"), name="case_of_kind"
            ),
            models.Index(
                fields=["space_id", "due_at", "-score", "id"], condition=Q(state="open"), name="case_in_space"
            ),
            models.Index(fields=["-decided_at", "-id"], condition=Q(state="decided"), name="case_decided"),
            models.Index(fields=["author", "-id"], name="case_about"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="case_age"),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk}"

    @property
    def subject(self) -> Post | Message:
        """What was reported. Only of cases about a post or a message; others describe their subject by their kind."""
        subject = self.post or self.message
        assert subject is not None
        return subject

    def same_subject(self) -> Q:
        """Return the condition that another case of this kind is about the same."""
        return Q(kind=self.kind, subject_type=self.subject_type, subject_id=self.subject_id)

    @property
    def holder_id(self) -> int | None:
        """Who looks at this case now: a claim lasts for minutes."""
        if self.claimed_until is None or self.claimed_until <= timezone.now():
            return None
        return self.claimed_by_id


class Report(models.Model):
    """One member found one post or message wanting."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("in their words"), max_length=500, blank=True, default="")
    # What it weighs together, and the parts that make it up.
    weight = models.FloatField(default=0, db_default=0)
    parts = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="report_once_per_case")]

    def __str__(self) -> str:
        return f"{self.reporter_id}: {self.reason}"
