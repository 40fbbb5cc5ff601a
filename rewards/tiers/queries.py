"""Reading tiers: where a member stands and what would bring them further."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from community.members.models import Member
from community.spaces.audiences import Choice
from rewards.points.queries import rule_points
from rewards.points.words import translated
from rewards.tiers.models import Standing, Tier


@dataclass(frozen=True, slots=True)
class Step:
    """One tier on the way."""

    name: str
    threshold: int
    abilities: list[str]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a member stands. `next` is None on the last tier; `at` of `most` is how far along the whole line."""

    steps: list[Step]
    here: int
    earned: int
    at: int
    most: int
    sentence: str
    ways: list[str]

    @property
    def next(self) -> Step | None:
        """The tier to come."""
        return self.steps[self.here + 1] if self.here + 1 < len(self.steps) else None

    @property
    def missing(self) -> int:
        """How many points it takes to the next tier."""
        return self.next.threshold - self.earned if self.next else 0


def tier_at(tiers: list[Tier], earned: int) -> Tier | None:
    """Return the highest of `tiers` (lowest first) that `earned` points reach."""
    return next((tier for tier in reversed(tiers) if earned >= tier.threshold), None)


def list_tiers() -> list[Tier]:
    """Return all tiers, the first one first."""
    return list(Tier.objects.all())


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


def list_steps() -> list[Step]:
    """Return all tiers as members read them."""
    return [_step(tier) for tier in list_tiers()]


def _step(tier: Tier) -> Step:
    return Step(translated(tier.name), tier.threshold, [translated(ability) for ability in tier.abilities])


def standing_of(member: Member) -> Standing | None:
    """Return the tier a member is in and since when; None in the first."""
    return Standing.objects.select_related("tier").filter(member=member).first()


def progress_of(member: Member) -> Progress | None:
    """Return where a member stands between tiers; None when there are no tiers."""
    tiers = list_tiers()
    here = tier_at(tiers, member.points_earned)
    if here is None:
        return None
    index = tiers.index(here)
    worth = rule_points("answer_accepted")
    missing = tiers[index + 1].threshold - member.points_earned if index + 1 < len(tiers) else 0
    return Progress(
        steps=[_step(tier) for tier in tiers],
        here=index,
        earned=member.points_earned,
        at=_along(tiers, index, member.points_earned),
        most=100 * (len(tiers) - 1) or 100,
        sentence=say_next_step(missing, translated(tiers[index + 1].name), worth) if missing else "",
        ways=_ways(missing, worth) if missing else [],
    )


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
    return 100 * index + 100 * (earned - low) // (high - low)
