"""The welcome and the yearly thanks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.brand.queries import current_brand
from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.registry import (
    AT_ONCE,
    Group,
    Kind,
    Mail,
    NoticeWords,
    Purpose,
    register,
)
from engagement.journeys.queries import FirstSteps, first_steps


def _own_steps(notices: Sequence[Notice], viewer: Member) -> Mapping[int, Any]:
    """Load the first steps with the question's place as it is open to the member now."""
    steps = first_steps(viewer) if notices else None
    return {notice.pk: (viewer, steps) for notice in notices}


def _welcome(notice: Notice, subject: tuple[Member, FirstSteps]) -> NoticeWords:
    member, steps = subject
    brand = current_brand()
    return NoticeWords(
        title=_("Welcome to %(community)s, %(name)s")
        % {"community": brand.name, "name": member.get_short_name()},
        text=steps.question.text if steps.question else brand.strapline,
        url=reverse("welcome"),
        icon="smile",
        button=_("Answer in one sentence") if steps.question else _("See your first steps"),
        extra={
            "first_name": member.get_short_name(),
            "strapline": brand.strapline,
            "question": steps.question,
            "question_url": settings.BASE_URL + steps.question.url if steps.question else "",
            "steps": [step for step in steps.steps if step.key != "hello" and not step.is_done],
            "base_url": settings.BASE_URL,
            "guidelines_url": settings.BASE_URL + reverse("brand_guidelines"),
            "welcome_url": settings.BASE_URL + reverse("welcome"),
        },
    )


def _anniversary(notice: Notice, subject: None) -> NoticeWords:
    years = notice.payload["years"]
    brand = current_brand()
    return NoticeWords(
        title=ngettext("One year with %(community)s today", "%(n)d years with %(community)s today", years)
        % {"n": years, "community": brand.name},
        text=_("Thank you for being here."),
        url=reverse("me"),
        icon="star",
        button=_("See what you have done"),
    )


WELCOMED = register(
    Kind(
        key="journey.welcome",
        label=gettext_lazy("Welcome and first steps"),
        why=gettext_lazy("You get this once, because you have just joined."),
        group=Group.ACCOUNT,
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        words=_welcome,
        load=_own_steps,
        template="email/welcome",
    )
)
ANNIVERSARY = register(
    Kind(
        key="journey.anniversary",
        label=gettext_lazy("Your years with us"),
        why=gettext_lazy("You get this once a year, on the day you joined."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.DIGEST,
        words=_anniversary,
    )
)
