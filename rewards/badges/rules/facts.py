"""What rules can ask of a member themselves: their profile, how long they have been here, how far they are."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from rewards.badges.rules.tree import HIGHEST_NUMBER

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Fact:
    """A number that each member has. `at` says when they reached one, where that is known."""

    key: str
    words: Promise
    value: Callable[[], Any]
    most: int = 1
    nightly: bool = True
    since: Callable[[int], Any] | None = None

    def rows(self) -> Any:
        """Return members with `holder`, and `reached` where it is more than nothing."""
        members = Member.objects.get_queryset().annotate(holder=F("pk"), reached=self.value())
        return members.filter(reached__gt=0)

    def at(self, number: int) -> Any:
        """Return when a member reached a number, as an expression; nothing where nobody wrote it down."""
        return self.since(number) if self.since else Value(None, output_field=DateTimeField())


def _if(condition: Any) -> Any:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


def _confirmed() -> Any:
    known = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True)
    return _if(Exists(known, output_field=BooleanField()))


def _days() -> Any:
    # The clock of the database decides, as everywhere.
    passed = "floor(extract(epoch FROM now() - members_member.joined_at) / 86400)::int"
    return RawSQL(passed, (), output_field=IntegerField())  # noqa: S611 - fixed text


FACTS: dict[str, Fact] = {
    fact.key: fact
    for fact in (
        Fact("avatar", _("A picture on the profile"), lambda: _if(~Q(avatar_url=""))),
        Fact("bio", _("Some words about oneself on the profile"), lambda: _if(~Q(bio_md=""))),
        Fact("address", _("A confirmed e-mail address"), _confirmed),
        Fact(
            "joined", _("Days since joining"), _days, most=36_500,
            since=lambda n: ExpressionWrapper(F("joined_at") + A_DAY * n, output_field=DateTimeField()),
        ),
        Fact("trust", _("Trust level"), lambda: F("trust_level"), most=4),
        Fact("points", _("Points earned"), lambda: F("points_earned"), most=HIGHEST_NUMBER),
    )
}  # fmt: skip
