"""Rules, delays, campaigns and decisions in words that members read."""

from collections.abc import Iterable

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.numbers.units import Unit
from community.spaces.models import Kind
from rewards.intake.words import say_money
from rewards.points.earning.desk import Decision
from rewards.points.earning.misses import Outcome
from rewards.points.models import Campaign, Conditions, EarningRule
from rewards.points.places import Places

PLAIN = {
    Outcome.PAYS: gettext_lazy("It is being counted"),
    Outcome.PAID: gettext_lazy("Paid"),
    Outcome.TAKEN_BACK: gettext_lazy("Taken back by the team"),
    Outcome.GONE: gettext_lazy("The post is no longer shown"),
    Outcome.HIDDEN: gettext_lazy("The post is hidden until the team has looked at it"),
    Outcome.NOBODY: gettext_lazy("People of the team do not earn points."),
    Outcome.STAFF: gettext_lazy("People of the team do not earn points."),
    Outcome.OWN_DOING: gettext_lazy("One’s own marks and answers to one’s own questions earn nothing"),
    Outcome.PAUSED: gettext_lazy("The rule is paused"),
    Outcome.NOT_THEN: gettext_lazy("The rule did not run at that time"),
    Outcome.NOT_FIRST: gettext_lazy("It counts once, and you had it already"),
    Outcome.OTHER_KIND: gettext_lazy("Not for this kind of thread"),
    Outcome.OTHER_MARK: gettext_lazy("Not for this kind of mark"),
    Outcome.OTHER_SPACE: gettext_lazy("Not in this space"),
    Outcome.OTHER_TAG: gettext_lazy("Not with these topics"),
    Outcome.GIVER_TRUST: gettext_lazy("Not from somebody this new"),
    Outcome.NOT_BY_ASKER: gettext_lazy("Only when the asker accepts it"),
    Outcome.OWN_QUESTION: gettext_lazy("Not for answering your own question"),
    Outcome.DAY_FULL: gettext_lazy("The day was full"),
    Outcome.OTHER_TYPE: gettext_lazy("Not for this kind of event"),
    Outcome.OTHER_CURRENCY: gettext_lazy("Not in this currency"),
    Outcome.AMOUNT_SMALL: gettext_lazy("The amount is too small"),
    Outcome.OTHER_DETAILS: gettext_lazy("Not with these details"),
    Outcome.NOTHING_YET: gettext_lazy("This has not happened to it yet"),
}


def say_decision(decision: Decision) -> str:
    """Say what a rule made of something, in one sentence."""
    rule, outcome = decision.rule, decision.outcome
    if outcome in (Outcome.WILL_WAIT, Outcome.PENDING) and decision.due_at is not None:
        return _("On their way, final on %(day)s") % {"day": day_in_words(decision.due_at)}
    if outcome is Outcome.NEEDS_MORE:
        return ngettext(
            "Not yet: %(n)s more member has to find it helpful",
            "Not yet: %(n)s more members have to find it helpful",
            decision.missing,
        ) % {"n": decision.missing}
    if outcome is Outcome.MEMBER_TRUST:
        return say_trust(rule.parsed_conditions.member_trust)
    limits = {
        Outcome.RULE_FULL: (rule.per_day, say_per_day),
        Outcome.POST_FULL: (rule.per_post_day, say_per_post),
        Outcome.PAIR_FULL: (rule.per_pair_day, say_per_pair),
    }
    limit, say = limits.get(outcome, (None, say_per_day))
    if limit is not None:
        return say(limit)
    if outcome is Outcome.PAIR_FULL and rule.per_pair_month is not None:
        return say_per_month(rule.per_pair_month)
    return str(PLAIN[outcome])


def day_in_words(moment: object) -> str:
    """Return a moment as the day it is for the reader."""
    return date_format(localtime(moment), "DATE_FORMAT")  # type: ignore[arg-type]


def say_per_day(n: int) -> str:
    """Say how often a day."""
    return ngettext("At most once a day", "At most %(n)s times a day", n) % {"n": n}


def say_per_post(n: int) -> str:
    """Say how often a day for one post."""
    return ngettext("At most once a day for one post", "At most %(n)s times a day for one post", n) % {"n": n}


def say_per_pair(n: int) -> str:
    """Say how often a day from one person."""
    return ngettext(
        "At most once a day from the same person", "At most %(n)s times a day from the same person", n
    ) % {"n": n}


def say_per_month(n: int) -> str:
    """Say how often in 30 days from one person."""
    return ngettext(
        "At most once in 30 days from the same person",
        "At most %(n)s times in 30 days from the same person",
        n,
    ) % {"n": n}


def say_trust(level: int) -> str:
    """Say from which trust level on."""
    return _("For members from trust level %(n)s on") % {"n": level}


def say_delay(rule: EarningRule) -> str:
    """Say when an award of a rule becomes final; nothing when it does at once."""
    if not rule.delay_hours:
        return ""
    days, hours = divmod(rule.delay_hours, 24)
    span = Unit.DAYS.say(days) if not hours else Unit.HOURS.say(rule.delay_hours)
    return _("Final after %(span)s") % {"span": span}


def say_conditions(rule: EarningRule, places: Places) -> list[str]:
    """Say when a rule pays at all, one sentence each. Spaces that not everyone may know of are not named."""
    asked = rule.parsed_conditions
    said = []
    if asked.thread_kinds:
        kinds = [str(Kind(kind).label) if kind in Kind.values else kind for kind in asked.thread_kinds]
        said.append(_("Only for: %(what)s") % {"what": ", ".join(kinds)})
    said += [*_say_money(asked), *say_where(asked.space_ids, asked.tags, places)]
    if asked.helped_by:
        n = asked.helped_by
        said.append(
            ngettext("Once %(n)s member found it helpful", "Once %(n)s members found it helpful", n)
            % {"n": n}
        )
    if asked.member_trust:
        said.append(say_trust(asked.member_trust))
    if asked.giver_trust:
        said.append(_("From members of trust level %(n)s or higher") % {"n": asked.giver_trust})
    if asked.by_asker:
        said.append(str(PLAIN[Outcome.NOT_BY_ASKER]))
    if asked.not_asker:
        said.append(str(PLAIN[Outcome.OWN_QUESTION]))
    return said


def _say_money(asked: Conditions) -> list[str]:
    """Say what a rule asks of the amount of an event, and how many points one gives at most."""
    said = []
    if asked.per_amount:
        said.append(_("For each full %(money)s") % {"money": say_money(asked.per_amount, asked.currency)})
    if asked.least_amount:
        said.append(_("From %(money)s on") % {"money": say_money(asked.least_amount, asked.currency)})
    if asked.most_points:
        n = asked.most_points
        said.append(
            ngettext("At most %(n)s point at a time", "At most %(n)s points at a time", n)
            % {"n": number_format(n, use_l10n=True)}
        )
    return said


def say_where(space_ids: Iterable[int], tags: Iterable[str], places: Places) -> list[str]:
    """Say in which spaces and with which topics only; nothing when it is everywhere."""
    ids, slugs, said = list(space_ids), list(tags), []
    names = [places.spaces[pk] for pk in ids if pk in places.spaces]
    if names:
        said.append(_("Only in: %(spaces)s") % {"spaces": ", ".join(names)})
    elif ids:
        said.append(_("Only in certain spaces"))
    if slugs:
        topics = ", ".join(places.tags.get(slug, slug) for slug in slugs)
        said.append(_("Only with these topics: %(topics)s") % {"topics": topics})
    return said


def say_factor(factor: int) -> str:
    """Say how much more a campaign gives."""
    if factor == 200:
        return _("Twice the points")
    times = number_format(factor / 100, use_l10n=True).rstrip("0").rstrip(".,")
    return _("%(times)s times the points") % {"times": times}


def say_boost(campaign: Campaign) -> str:
    """Say what a campaign made of an award."""
    return _("%(more)s: %(campaign)s") % {"more": say_factor(campaign.factor), "campaign": campaign.name}
