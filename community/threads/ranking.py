"""Ranking threads: by what they gave to people, never by how often they were opened.

In a period a thread gets one point for each thank-you and two for each person, other than its author, who replied.
*Hot* is Discourse's formula (`topic_hot_score.rb`) over the same numbers: all thanks by the thread's age, plus thanks and
people of the last seven days by the time since the first of these replies. Private spaces are ranked with the rest;
a list shows each reader only what they may read.
"""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from community.sql import write
from community.threads.models import Ranking

# Places kept of each ranking. Whoever would go on looks for something else.
PLACES: Final = 500
DAYS: Final = {
    Ranking.HOT: 7,
    Ranking.DAY: 1,
    Ranking.WEEK: 7,
    Ranking.MONTH: 30,
    Ranking.YEAR: 365,
    Ranking.ALL: 36_500,
}
LATELY: Final = (Ranking.HOT, Ranking.DAY, Ranking.WEEK, Ranking.MONTH)

_SCORE = "k.thanks + 2 * k.people"
_HOT = """t.reaction_count / power(EXTRACT(epoch FROM now() - t.created_at) / 3600 + 2, 1.2)
  + (k.thanks + k.people) / power(EXTRACT(epoch FROM now() - k.began) / 3600 + 2, 1.2)"""

_RANK = """
WITH thanked AS (
  SELECT p.thread_id, count(*) AS thanks FROM threads_reaction r JOIN threads_post p ON p.id = r.post_id
   WHERE r.created_at > now() - make_interval(days => %(days)s) AND r.kind <> 'same' AND p.state = 'visible'
   GROUP BY p.thread_id
), replied AS (
  SELECT p.thread_id, count(DISTINCT p.author_id) AS people, min(p.created_at) AS began
    FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id
   WHERE p.created_at > now() - make_interval(days => %(days)s) AND p.position > 1 AND p.state = 'visible'
     AND p.author_id IS DISTINCT FROM t.author_id GROUP BY p.thread_id
), counted AS (
  SELECT thread_id, COALESCE(thanks, 0) AS thanks, COALESCE(people, 0) AS people, COALESCE(began, now()) AS began
    FROM thanked FULL JOIN replied USING (thread_id)
)
INSERT INTO threads_rankedthread (ranking, place, thread_id, thanks, people)
SELECT %(ranking)s, row_number() OVER (ORDER BY {score} DESC, t.last_post_at DESC, t.id DESC), t.id, k.thanks, k.people
  FROM counted k JOIN threads_thread t ON t.id = k.thread_id AND t.state = 'visible'
 ORDER BY {score} DESC, t.last_post_at DESC, t.id DESC LIMIT %(places)s
"""


def rank_threads(rankings: Iterable[Ranking] = tuple(Ranking)) -> None:
    """Write rankings anew. Readers see the old one until the new one is whole; two at once wait for each other."""
    for ranking in rankings:
        _rank(ranking)


@transaction.atomic
def _rank(ranking: Ranking) -> None:
    write("SELECT pg_advisory_xact_lock(hashtext('threads.ranking'))", ())
    write("DELETE FROM threads_rankedthread WHERE ranking = %s", (ranking.value,))
    score = _HOT if ranking is Ranking.HOT else _SCORE
    write(_RANK.format(score=score), {"ranking": ranking.value, "days": DAYS[ranking], "places": PLACES})
