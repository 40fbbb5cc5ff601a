"""What members contributed in a season: by the sources of badges, so that no number here is counted otherwise than there."""

from collections.abc import Iterable

from rewards.badges.rules.measuring import Ask, measure_some
from rewards.badges.rules.tree import Leaf
from rewards.rituals.models import Season

# In the order in which they are said.
COUNTED = ("posts", "accepted", "marks")


def numbers_of(season: Season, member_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return by member, and by the key of a source, how many there were from the first day to the last, in one statement."""
    wanted = list(member_ids)
    since, until = season.starts_on.isoformat(), season.ends_on.isoformat()
    asks = {key: Ask(Leaf(key, since=since, until=until)) for key in COUNTED}
    found = measure_some({ask: wanted for ask in asks.values()})
    return {pk: {key: found[ask].get((pk, ""), 0) for key, ask in asks.items()} for pk in wanted}
