"""What e-mail itself brings: parts of the digest, and what members are told about mail that came back."""

from django.utils.translation import gettext_lazy

from community.notifications.queries.digests import waiting_notices
from community.notifications.sections import Part, register_part

WAITING = register_part(
    Part(
        key="waiting",
        title=gettext_lazy("Waiting for you"),
        order=10,
        gather=lambda ask: waiting_notices(ask, recognition=False),
    )
)
BROUGHT = register_part(
    Part(
        key="brought",
        title=gettext_lazy("What your words brought"),
        order=40,
        gather=lambda ask: waiting_notices(ask, recognition=True),
    )
)
