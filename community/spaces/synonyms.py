"""Which words mean the same topic: a tag, its synonyms, and what it was called before it was merged."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from community.spaces.models import TagSynonym


def words_for(slugs: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return, for each of these words, all that mean the same, itself among them. One statement, none for no words."""
    wanted = set(slugs)
    if not wanted:
        return {}
    known = TagSynonym.objects.filter(Q(slug__in=wanted) | Q(tag__slug__in=wanted))
    same: dict[str, set[str]] = defaultdict(set)
    for slug, main in known.values_list("slug", "tag__slug"):
        same[slug].add(main)
        same[main].add(slug)
    return {word: frozenset({word, *same[word]}) for word in wanted}
