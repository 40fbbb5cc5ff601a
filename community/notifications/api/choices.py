"""What a member wants to hear, and how; and what was sent by e-mail and why."""

import datetime as dt
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import Invalid
from community.members.models import Member
from community.notifications import actions
from community.notifications.forms import ANSWERS, MEANING, answer_for, offered_kinds, push_choice
from community.notifications.limits import QUIET_FROM, QUIET_UNTIL
from community.notifications.models import Answer, Channel, Choice, ContactDecision
from community.notifications.queries.choices import Chosen, chosen_by, in_words, paused_until
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

LATEST = Order("decided", ("id",))
WHERE = [answer for answer, _label in ANSWERS]


class KindOut(Out):
    """One kind of notice, and where the member hears of it."""

    kind = serializers.CharField()
    title = serializers.CharField(help_text="In the member's language.")
    group = serializers.CharField(help_text="conversations, recognition, community or account.")
    hear = serializers.ChoiceField(
        choices=WHERE,
        help_text="On the site and by e-mail soon (both), there and in the digest, on the site, or nowhere.",
    )
    push = serializers.BooleanField(
        help_text="Whether the member's browsers are told, too. What is heard nowhere is not."
    )


class QuietOut(Out):
    """When no e-mail goes out, except what concerns the account. The hours are the same for everyone."""

    begins = serializers.TimeField()
    ends = serializers.TimeField()
    time_zone = serializers.CharField(help_text="The member's own; `changeMe` changes it.")


class ChoicesOut(Out):
    """What the member hears. Kinds that cannot be stopped are not listed."""

    kinds = KindOut(many=True)
    paused_until = serializers.DateTimeField(allow_null=True, help_text="Until when no e-mail goes out.")
    quiet_hours = QuietOut()


class ChoicesIn(In):
    """What to hear, by kind. What is not named stays."""

    kinds = serializers.DictField(
        child=serializers.ChoiceField(choices=WHERE), required=False, allow_empty=False
    )
    push = serializers.DictField(
        child=serializers.BooleanField(),
        required=False,
        allow_empty=False,
        help_text="Whether browsers are told, by kind.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a choice about nothing."""
        if not attrs:
            raise serializers.ValidationError({"kinds": _("Choose at least one kind.")})
        return attrs


class PauseOut(Out):
    """Until when no e-mail goes out."""

    paused_until = serializers.DateTimeField()


class DecisionOut(Out):
    """One decision about an e-mail or a notice to browsers, and its reason."""

    kind = serializers.CharField()
    channel = serializers.ChoiceField(choices=[Channel.EMAIL.value, Channel.PUSH.value])
    title = serializers.SerializerMethodField()
    answer = serializers.ChoiceField(choices=Answer.values)
    code = serializers.CharField(help_text="The reason, for programs.")
    reason = serializers.SerializerMethodField(help_text="The reason, in words.")
    decided_at = serializers.DateTimeField()

    def get_title(self, row: Any) -> str:
        """Return the kind in words."""
        return in_words(row).label

    def get_reason(self, row: Any) -> str:
        """Return why it was decided so."""
        return in_words(row).reason


DecisionPageOut = page_shape(DecisionOut)
CHOICES = OpenApiExample(
    "What a member hears",
    value={
        "kinds": [
            {
                "kind": "reply",
                "title": "Replies to me",
                "group": "conversations",
                "hear": "both",
                "push": True,
            },
            {"kind": "badge", "title": "Badges", "group": "recognition", "hear": "site", "push": False},
        ],
        "paused_until": None,
        "quiet_hours": {"begins": "21:00:00", "ends": "08:00:00", "time_zone": "Europe/Stockholm"},
    },
    response_only=True,
)
CHANGE = OpenApiExample("Fewer e-mails", value={"kinds": {"reply": "site"}}, request_only=True)


class NoticeChoices(ApiView):
    """What the caller hears."""

    scopes: ClassVar = {"GET": "notices:read", "PATCH": "notices:write"}

    @extend_schema(
        operation_id="getNoticeChoices", tags=["Notices"], responses=ChoicesOut, examples=[CHOICES]
    )
    def get(self, request: Request) -> Response:
        """Read what the caller hears, by kind and channel."""
        return _show(actor_of(request))

    @extend_schema(
        operation_id="changeNoticeChoices",
        tags=["Notices"],
        request=ChoicesIn,
        responses=ChoicesOut,
        examples=[CHANGE],
    )
    def patch(self, request: Request) -> Response:
        """Choose for some kinds whether to hear on the site and by e-mail, there and in the digest, on the site only, or not at all; and whether browsers are told."""
        actor = actor_of(request)
        body = read_body(request, ChoicesIn)
        wanted, push = body.get("kinds", {}), body.get("push", {})
        unknown = {*wanted, *push} - {kind.key for kind in offered_kinds(actor)}
        if unknown:
            sentence = _("There is nothing to choose about %(kinds)s.") % {
                "kinds": ", ".join(sorted(ascii(kind)[1:-1][:60] for kind in unknown))
            }
            raise Invalid("kind_unknown", sentence, fields={"kinds": sentence})
        now = chosen_by(actor)
        # What stands as wanted goes on following its default.
        heard = {key: MEANING[hear] for key, hear in wanted.items() if answer_for(now[key]) != hear}
        told = {key: choice for key, on in push.items() if now[key].push != (choice := push_choice(on))}
        new = {}
        for key in {*heard, *told}:
            site, email = heard.get(key, (None, None))
            new[key] = Chosen(site, email, told.get(key))
        actions.save_choices(actor=actor, chosen=new)
        return _show(actor)


def _show(actor: Member) -> Response:
    chosen = chosen_by(actor)
    kinds = [
        {
            "kind": kind.key,
            "title": str(kind.label),
            "group": kind.group,
            "hear": answer_for(chosen[kind.key]),
            "push": chosen[kind.key].push == Choice.ON,
        }
        for kind in offered_kinds(actor)
    ]
    quiet = {"begins": dt.time(QUIET_FROM()), "ends": dt.time(QUIET_UNTIL()), "time_zone": actor.time_zone}
    page = {"kinds": kinds, "paused_until": paused_until(actor), "quiet_hours": quiet}
    return Response(ChoicesOut(page).data)


class MailPause(ApiView):
    """A week without e-mail."""

    scopes: ClassVar = {"PUT": "notices:write", "DELETE": "notices:write"}

    @extend_schema(operation_id="pauseMail", tags=["Notices"], request=None, responses=PauseOut)
    def put(self, request: Request) -> Response:
        """Send no e-mail for a week from now, except what concerns the account."""
        return Response(PauseOut({"paused_until": actions.pause(actor=actor_of(request))}).data)

    @extend_schema(operation_id="resumeMail", tags=["Notices"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Send e-mail again."""
        actions.end_pause(actor=actor_of(request))
        return Response(status=204)


class MailDecisions(ApiView):
    """What was sent by e-mail, what was not, and why."""

    scopes: ClassVar = {"GET": "notices:read"}

    @extend_schema(
        operation_id="listMailDecisions", tags=["Notices"], parameters=[PageIn], responses=DecisionPageOut
    )
    def get(self, request: Request) -> Response:
        """List what was decided about e-mail and notices to browsers of the caller, and why, latest first."""
        rows = ContactDecision.objects.filter(member=actor_of(request))
        return page_of(request, rows, LATEST, DecisionOut, **read_query(request, PageIn))
