"""Reading tiers: where a member stands and what would bring them further."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import ExpressionWrapper, JSONField
from django.db.models.expressions import RawSQL
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from community.members.models import Member
from community.spaces.audiences import Choice
from rewards.points.queries import rule_points
from rewards.points.words import translated
from rewards.tiers.counting import Outlook, outlook_of
from rewards.tiers.deciding import place_of
from rewards.tiers.models import Basis, Standing, Tier, TierMove, TierRules
from rewards.tiers.perks import PerkLine, held_invitations, lines_of_invited, lines_of_tiers

MOVES = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One tier on the way."""

    name: str
    threshold: int
    abilities: list[str]
    perks: list[PerkLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a member stands. `next` is None on the last tier; `at` of `most` is how far along the whole line.

    `earned` are the points that count for it. Where they count for a time, `by` is the last day of it, and `outlook` says
    what comes after.
    """

    steps: list[Step]
    here: int
    earned: int
    at: int
    most: int
    sentence: str
    ways: list[str]
    by: dt.date | None = None
    outlook: list[str] = field(default_factory=list)

    @property
    def next(self) -> Step | None:
        """The tier to come."""
        return self.steps[self.here + 1] if self.here + 1 < len(self.steps) else None

    @property
    def missing(self) -> int:
        """How many points it takes to the next tier."""
        return self.next.threshold - self.earned if self.next else 0


def list_tiers() -> list[Tier]:
    """Return all tiers, the first one first."""
    return list(Tier.objects.all())


def read_tiers() -> tuple[list[Tier], TierRules]:
    """Return all tiers, and how they are reached, in one statement: the home page asks for them."""
    rules = RawSQL("(SELECT to_jsonb(rules) - 'changed_at' FROM tiers_tierrules rules)", ())
    found = list(Tier.objects.annotate(rules=ExpressionWrapper(rules, output_field=JSONField())))
    told = found[0].rules if found else None
    return [*found], TierRules(**told) if told else TierRules()


def find_tier(key: str) -> Tier | None:
    """Return a tier by key, or None when it is gone."""
    return Tier.objects.filter(key=key).first()


def tier_audiences() -> list[Choice]:
    """Offer the tiers to whoever gives rights in a space: each stands for those who hold it now.

    Keys carry the name, which is what stands on the member's row. Everyone begins in the first one, so it opens nothing.
    """
    return [
        Choice(f"tier:{tier.name}", gettext("Tier: %(name)s") % {"name": translated(tier.name)})
        for tier in list_tiers()
        if tier.threshold
    ]


def list_steps(viewer: Member | None) -> list[Step]:
    """Return all tiers as a viewer reads them, with what each opens."""
    perks = lines_of_tiers(viewer)
    return [_step(tier, perks.get(tier.pk, [])) for tier in list_tiers()]


def _step(tier: Tier, perks: list[PerkLine]) -> Step:
    abilities = [translated(ability) for ability in tier.abilities]
    return Step(translated(tier.name), tier.threshold, abilities, perks)


def standing_of(member: Member) -> Standing | None:
    """Return the tier a member is in and since when; None in the first."""
    return Standing.objects.select_related("tier").filter(member=member).first()


def progress_of(member: Member, *, with_perks: bool = False) -> Progress | None:
    """Return where a member stands between tiers; None when there are no tiers. Perks are not asked for at home."""
    tiers, rules = read_tiers()
    view = outlook_of(rules, member.pk, member.points_earned)
    earned = view.earning if view else member.points_earned
    index = place_of(tiers, earned)
    if index < 0:
        return None
    if view:
        # Kept for a while, or from the year before: what stands beside their name is where they are.
        index = next((n for n, tier in enumerate(tiers) if tier.threshold and tier.name == member.tier), 0)
    perks = lines_of_tiers(member) if with_perks else {}
    worth = rule_points("answer_accepted")
    following = tiers[index + 1] if index + 1 < len(tiers) else None
    missing = max(0, following.threshold - earned) if following else 0
    by = view.by if view and rules.basis == Basis.YEAR else None
    return Progress(
        steps=[_step(tier, perks.get(tier.pk, [])) for tier in tiers],
        here=index,
        earned=earned,
        at=_along(tiers, index, earned),
        most=100 * (len(tiers) - 1) or 100,
        sentence=say_next_step(missing, translated(following.name), worth) if following and missing else "",
        ways=_ways(missing, worth) if missing else [],
        by=by,
        outlook=_say_outlook(tiers, rules, index, view) if view else [],
    )


def _say_outlook(tiers: list[Tier], rules: TierRules, here: int, view: Outlook) -> list[str]:
    """Say which tier comes after the present time, and what would keep this one where tiers can be lost."""
    stays = not rules.may_fall or tiers[here].is_kept
    place = max(place_of(tiers, view.points), here if stays else 0)
    told = [
        gettext("As things stand, you are %(tier)s from %(day)s on.")
        % {"tier": translated(tiers[place].name), "day": date_format(view.on)}
    ]
    short = tiers[here].threshold - view.points
    if place < here and short > 0:
        told.append(
            ngettext(
                "%(n)s more point by %(day)s and you stay %(tier)s.",
                "%(n)s more points by %(day)s and you stay %(tier)s.",
                short,
            )
            % {"n": short, "day": date_format(view.by), "tier": translated(tiers[here].name)}
        )
    return told


@dataclass(frozen=True, slots=True)
class Invited:
    """A tier by invitation somebody is in, as they alone read it."""

    name: str
    about: str
    reason: str
    since: dt.datetime
    perks: list[PerkLine]


def invited_tiers_of(member: Member) -> list[Invited]:
    """Return the tiers by invitation that a member is in, for themselves."""
    held = list(held_invitations(member).select_related("tier").order_by("given_at"))
    perks = lines_of_invited(member, [it.tier_id for it in held]) if held else {}
    return [
        Invited(it.tier.name, it.tier.about, it.reason, it.given_at, perks.get(it.tier_id, [])) for it in held
    ]


def moves_of(member: Member, limit: int = MOVES) -> list[TierMove]:
    """Return how a member moved between tiers, the latest first."""
    return list(TierMove.objects.filter(member=member).order_by("-pk")[:limit])


def next_step(member: Member) -> str:
    """Say what is missing to the next tier, in human units; empty on the last one."""
    progress = progress_of(member)
    return progress.sentence if progress else ""


def say_next_step(missing: int, name: str, worth: int) -> str:
    """Say "38 points to Guide. Three accepted answers would do it.", computed from the rule in force."""
    points = ngettext("%(n)s point to %(tier)s.", "%(n)s points to %(tier)s.", missing) % {
        "n": missing,
        "tier": name,
    }
    if worth < 1:
        return points
    answers = -(-missing // worth)
    how = ngettext(
        "One accepted answer would do it.", "%(answers)s accepted answers would do it.", answers
    ) % {"answers": _in_words(answers)}
    return f"{points} {how[:1].upper()}{how[1:]}"


def _in_words(n: int) -> str:
    words = {
        2: gettext("two"),
        3: gettext("three"),
        4: gettext("four"),
        5: gettext("five"),
        6: gettext("six"),
        7: gettext("seven"),
        8: gettext("eight"),
        9: gettext("nine"),
    }
    return words.get(n, str(n))


def _ways(missing: int, worth: int) -> list[str]:
    helped = rule_points("post_helped")
    ways = []
    if worth:
        answers = -(-missing // worth)
        ways.append(
            ngettext(
                "%(n)s accepted answer, %(points)s points each",
                "%(n)s accepted answers, %(points)s points each",
                answers,
            )
            % {"n": answers, "points": worth}
        )
    if helped:
        marks = -(-missing // helped)
        ways.append(
            ngettext(
                "%(n)s reader who says “This helped”, %(points)s points each",
                "%(n)s readers who say “This helped”, %(points)s points each",
                marks,
            )
            % {"n": marks, "points": helped}
        )
    return ways


def _along(tiers: list[Tier], index: int, earned: int) -> int:
    """Return how far along the line of equal steps: 100 for each tier passed and a share of the next."""
    if index + 1 >= len(tiers):
        return 100 * index
    low, high = tiers[index].threshold, tiers[index + 1].threshold
    return 100 * index + 100 * max(0, min(earned, high) - low) // (high - low)
