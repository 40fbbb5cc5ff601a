"""Taking someone out of the index: their own documents, the words only their titles brought, and where others named them."""

import re
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q

from community.members.models import Member
from community.search.actions import index_replies, index_threads
from community.search.models import Kind, SearchDocument

AT_A_TIME = 500
_TITLE_WORDS = """
DELETE FROM search_searchword w
 WHERE w.word IN (SELECT DISTINCT word FROM threads_thread t, regexp_split_to_table(lower(t.title), '\\W+') word
                   WHERE t.author_id = %s)
   AND NOT EXISTS (SELECT 1 FROM threads_thread o WHERE o.author_id IS DISTINCT FROM %s
                      AND to_tsvector('simple', o.title) @@ plainto_tsquery('simple', w.word))
"""


@transaction.atomic
def forget_title_words(*, actor: Member | None, author_id: int) -> None:
    """Forget the words that only titles of one author brought."""
    with connection.cursor() as cursor:
        cursor.execute(_TITLE_WORDS, [author_id, author_id])


@transaction.atomic
def forget_author(*, actor: Member | None, author_id: int, drop: bool) -> int:
    """Take the author off some documents, or with `drop` the documents away. Returns how many; 0 when none is left."""
    SearchDocument.objects.filter(kind=Kind.MEMBER, target_pk=author_id).delete()
    pks = list(SearchDocument.objects.filter(author_id=author_id).values_list("pk", flat=True)[:AT_A_TIME])
    rows = SearchDocument.objects.filter(pk__in=pks)
    if drop:
        rows.delete()
    else:
        rows.update(author_id=None)
    return len(pks)


@transaction.atomic
def renew_named(*, actor: Member | None, handle: str, addresses: Iterable[str]) -> int:
    """Read anew some documents in which a handle behind its sign, or an address, still stands. Returns how many; 0 when none is left."""
    named = rf"@{re.escape(handle)}([^\w]|$)"
    holds = Q(body__iregex=named) | Q(title__iregex=named)
    for address in addresses:
        holds |= Q(body__icontains=address) | Q(title__icontains=address)
    rows = list(SearchDocument.objects.filter(holds).order_by("pk")[:AT_A_TIME])
    before = {row.pk: row.body for row in rows}
    index_threads([row.target_pk for row in rows if row.kind == Kind.THREAD])
    index_replies([row.target_pk for row in rows if row.kind == Kind.REPLY])
    after = dict(SearchDocument.objects.filter(pk__in=before).values_list("pk", "body"))
    return sum(body != after.get(pk, "") for pk, body in before.items())
