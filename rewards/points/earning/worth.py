"""How many points a rule gives for one thing before limits and campaigns."""

from rewards.points.earning.brand_events import EventFacts
from rewards.points.models import EarningRule

# What one event gives at most, whatever it cost: a slip in a shop's system stays small enough to be put right.
MOST_FOR_ONE = 1_000_000


def worth_of(rule: EarningRule, event: EventFacts | None) -> int:
    """Return the points of a rule; for one that pays by amount, its points for each full `per_amount`.

    Whole numbers, rounding down: at 1 point for each 10.00 EUR an order of 349.90 EUR gives 34.
    """
    asked = rule.parsed_conditions
    if event is None or not asked.per_amount:
        return rule.points
    points = rule.points * ((event.amount or 0) // asked.per_amount)
    return min(points, asked.most_points or MOST_FOR_ONE, MOST_FOR_ONE)
