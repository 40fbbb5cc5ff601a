"""How many members a rule would let in now, counted while somebody still writes it."""

from django.db import OperationalError, connection, transaction

from community.members.models import Member, Role
from rewards.badges.rules.judging import asks_in, meeting
from rewards.badges.rules.measuring import measure
from rewards.badges.rules.tree import Rule

# Nobody waits longer for a number that helps them think.
PATIENCE_MS = 2_500


def count_qualifying(rule: Rule, every: str = "") -> int | None:
    """Return how many members meet a rule, the same way in which it will be counted; None when that takes too long."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MS)])
            counted = {ask: measure(ask) for ask in asks_in(rule, every)}
            found = {pk for pk, _term in meeting(rule, every, counted)}
            members = Member.objects.get_queryset().filter(role=Role.MEMBER, is_active=True)
            return len(found & set(members.values_list("pk", flat=True))) if found else 0
    except OperationalError:
        return None
