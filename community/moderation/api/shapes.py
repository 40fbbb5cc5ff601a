"""What the API takes and gives about reports and cases."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers

from community.members.api import MemberRefOut
from community.moderation.models import Case, CaseState, Reason
from community.moderation.queries import canned_reasons
from community.rest.inputs import In, Out
from community.rest.paging import PageIn
from community.rest.schema import page_shape


class ReportIn(In):
    """What is wrong with a post."""

    reason = serializers.ChoiceField(choices=Reason.choices)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class PostReportIn(ReportIn):
    """What is wrong with a post, and for the team whether to hide it at once."""

    take_action = serializers.BooleanField(
        required=False, default=False, help_text="Hide it at once, until it is decided. Only for the team."
    )


class DecisionIn(In):
    """What to do with a case."""

    decision = serializers.CharField(
        max_length=32,
        help_text="One that the kind of the case offers: see `choices` of the case. For reports: keep, hide (posts only),"
        " remove, warn, silence, suspend.",
    )
    reason = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True, help_text="Told to the author."
    )
    days = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=3650,
        help_text="How long silence or suspension lasts.",
    )
    seen_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="When you read what it is about: a text that was changed since is refused. A minute ago, when left out.",
    )


class CaseOut(Out):
    """Something that needs a decision, or got one."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="post_report, message_report or another kind of case.")
    subject_type = serializers.CharField(help_text="What sort of thing it is about.")
    subject_id = serializers.IntegerField(allow_null=True)
    space_id = serializers.IntegerField(allow_null=True, help_text="Null when it happened in no space.")
    post_id = serializers.IntegerField(allow_null=True, help_text="Null unless a post was reported.")
    message_id = serializers.IntegerField(allow_null=True, help_text="Null unless a message was reported.")
    author = MemberRefOut(allow_null=True, help_text="Whom it is about.")
    state = serializers.CharField(help_text="open, decided or closed (settled elsewhere).")
    score = serializers.FloatField(help_text="How grave or likely it is; higher comes first.")
    facts = serializers.JSONField(help_text="What led to it, by its kind.")
    report_count = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    claimed_until = serializers.DateTimeField(allow_null=True)
    decision = serializers.CharField()
    decision_reason = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class ReportOut(Out):
    """One report."""

    reporter = MemberRefOut()
    reason = serializers.CharField()
    note = serializers.CharField()
    weight = serializers.FloatField(help_text="What it adds to the score of the case.")
    created_at = serializers.DateTimeField()


class ReportedMessageOut(Out):
    """A message as those read it who decide about a report."""

    id = serializers.IntegerField()
    author = MemberRefOut(allow_null=True)
    state = serializers.CharField()
    body_md = serializers.CharField()
    created_at = serializers.DateTimeField()


class ChoiceOut(Out):
    """One thing that may be decided about a case."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # the name of an attribute of every field
    needs_reason = serializers.BooleanField()
    takes_days = serializers.BooleanField(help_text="Whether it lasts for days.")


class CannedReasonOut(Out):
    """A reason that the team inserts with one press."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField(help_text="What the member is told.")
    kind = serializers.CharField(help_text="For which kind of case; empty for every one.")
    decision = serializers.CharField(help_text="For which decision; empty for every one.")
    position = serializers.IntegerField(help_text="Smaller comes first.")


class FactOut(Out):
    """One thing that led to a case."""

    label = serializers.CharField()  # type: ignore[assignment] # the name of an attribute of every field
    value = serializers.CharField(help_text="May be empty.")
    why = serializers.CharField(help_text="May be empty.")


class CaseDetailOut(CaseOut):
    """A case with what a decision needs."""

    title = serializers.SerializerMethodField(help_text="What it is about, in words.")
    choices = serializers.SerializerMethodField(help_text="What may be decided.")
    explanation = serializers.SerializerMethodField(
        help_text="Why it is here, in words: what the score is made of."
    )
    suggested_days = serializers.SerializerMethodField(
        help_text="How long a pause would last, longer for each earlier one; null where none can be laid."
    )
    canned_reasons = serializers.SerializerMethodField(
        help_text="Reasons that the team wrote for such cases."
    )
    words = serializers.SerializerMethodField(help_text="What its author said while reports alone hid it.")
    post_md = serializers.SerializerMethodField(help_text="Empty when a message was reported.")
    messages = serializers.SerializerMethodField(
        help_text="A reported message with the few before and after it; empty when a post was reported."
    )
    reports = serializers.SerializerMethodField()

    def get_title(self, case: Case) -> str:
        """Return what it is about."""
        return str(self.context["page"].subject.title)

    @extend_schema_field(ChoiceOut(many=True))
    def get_choices(self, case: Case) -> Any:
        """Return what the kind of the case offers."""
        return ChoiceOut(self.context["page"].kind.choices, many=True).data

    @extend_schema_field(FactOut(many=True))
    def get_explanation(self, case: Case) -> Any:
        """Return what led to it, in words."""
        return FactOut(self.context["page"].facts, many=True).data

    def get_suggested_days(self, case: Case) -> int | None:
        """Return how long a pause would last by the ladder."""
        days: int | None = self.context["page"].suggested_days
        return days

    @extend_schema_field(CannedReasonOut(many=True))
    def get_canned_reasons(self, case: Case) -> Any:
        """Return the reasons that fit it."""
        return CannedReasonOut(canned_reasons([self.context["page"].kind]), many=True).data

    def get_words(self, case: Case) -> list[str]:
        """Return what its author said about it."""
        return [said.words for said in self.context["page"].words]

    def get_post_md(self, case: Case) -> str:
        """Return what the post says."""
        return case.post.body_md if case.post else ""

    @extend_schema_field(ReportedMessageOut(many=True))
    def get_messages(self, case: Case) -> Any:
        """Return what stands around a reported message."""
        return ReportedMessageOut(self.context["page"].around, many=True).data

    @extend_schema_field(ReportOut(many=True))
    def get_reports(self, case: object) -> Any:
        """Return who reported it and why."""
        return ReportOut(self.context["page"].reports, many=True).data


CasePageOut = page_shape(CaseOut)
DECISION_EXAMPLE = OpenApiExample(
    "Remove it",
    value={"decision": "remove", "reason": "It advertises a shop that sells copies."},
    request_only=True,
)


class CaseListIn(PageIn):
    """Which cases."""

    state = serializers.ChoiceField(required=False, choices=CaseState.choices, default=CaseState.OPEN)
    kind = serializers.CharField(required=False, max_length=32, help_text="Only of this kind.")
    space = serializers.IntegerField(required=False, min_value=1, help_text="Only of the space with this id.")
    claimed = serializers.ChoiceField(
        required=False, choices=["me", "nobody"], help_text="Only those the caller claimed, or nobody did."
    )
    overdue = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Only those late, or not."
    )
