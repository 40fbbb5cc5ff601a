"""How much a report weighs: 1, and the trust level of who reports, or more for the team, and how often they were right."""

import math
from collections.abc import Mapping

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from community.members.models import Member
from community.moderation import limits
from community.moderation.models import Case, CaseState, Decision, Reason, Report

Parts = dict[str, float]


def weigh(reporter: Member, *, takes_action: bool = False) -> Parts:
    """Return what a report of `reporter` weighs, in parts that the page of the case explains. Never below zero together."""
    parts: Parts = {"base": 1.0}
    if reporter.is_staff:
        parts["team"] = limits.STAFF_WEIGHT() / 100
    elif reporter.trust_level:
        parts["trust"] = float(reporter.trust_level)
    agreed, disagreed = _record_of(reporter)
    bonus = accuracy_bonus(agreed, disagreed)
    if bonus:
        parts["accuracy"] = max(bonus, -sum(parts.values()))
    if takes_action:
        parts["action"] = limits.ACTION_WEIGHT() / 100
    return parts


def accuracy_bonus(agreed: int, disagreed: int) -> float:
    """Return what having been right or wrong before adds: nothing at first, then up to 5·log4 of the decided reports, by
    how far the share that the team agreed with lies above or below the line of 70 per cent."""
    total = agreed + disagreed
    if total <= limits.ACCURACY_AFTER():
        return 0.0
    line, share = limits.ACCURACY_LINE() / 100, agreed / total
    span = (1 - line) if share >= line else line
    return round((share - line) / span * 5 * math.log(total, 4), 2)


def _record_of(reporter: Member) -> tuple[int, int]:
    decided = Report.objects.filter(reporter=reporter, case__state__in=(CaseState.DECIDED, CaseState.UNDONE))
    wrong = Q(case__decision=Decision.KEEP) | Q(case__state=CaseState.UNDONE)
    counted = decided.aggregate(kept=Count("id", filter=wrong), all=Count("id"))
    return counted["all"] - counted["kept"], counted["kept"]


def why_hidden(case: Case, reporter: Member, reason: str, *, takes_action: bool) -> str:
    """Return why the reported post is to be hidden at once, in a word that the notice and the page explain, or nothing.

    The team's own posts wait for the team.
    """
    author = case.author
    if author is not None and author.is_at_least("moderator") and not reporter.is_staff:
        return ""
    if takes_action:
        return "team"
    trusted = reporter.trust_level >= limits.TRUSTED_AT() or reporter.is_staff
    if reason == Reason.SPAM and trusted and author is not None and author.trust_level == 0:
        return "trusted"
    return "score" if case.score >= limits.HIDE_AT() / 100 else ""


def silences_author(case: Case) -> bool:
    """Whether enough different people call what a newcomer wrote advertising that they write no more until it is decided."""
    author = case.author
    if author is None or author.trust_level > 0 or author.is_at_least("moderator"):
        return False
    counted = case.reports.filter(reason=Reason.SPAM).aggregate(
        people=Count("reporter", distinct=True), weight=Sum("weight")
    )
    enough = counted["people"] >= limits.SILENCE_REPORTERS()
    return enough and (counted["weight"] or 0) >= limits.SILENCE_AT() / 100


def say_hidden(why: str) -> str:
    """Return why a post was hidden at once, in words for its author and for the page of the case."""
    if why == "team":
        return _("Somebody of the team found that it needs a look.")
    if why == "trusted":
        return _("A member whom people here trust reported it as advertising.")
    if why == "outside":
        return _("A checker that this community asks took it for advertising.")
    return _("Several members reported it.")


def say_parts(parts: Mapping[str, float]) -> str:
    """Return how a weight came about, in words."""
    words = {
        "base": _("%(n)s for the report"),
        "trust": _("%(n)s for the trust level"),
        "team": _("%(n)s for being of the team"),
        "accuracy": _("%(n)s for earlier reports"),
        "action": _("%(n)s for acting at once"),
    }
    said = [words[name] % {"n": f"{value:+.1f}"} for name, value in parts.items() if name in words]
    return ", ".join(said)
