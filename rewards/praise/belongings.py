"""What thanks hold about a member.

Thanks that somebody gave stay with whoever received them, without a name, unless they have their posts deleted too: then
the words go as well. Thanks they received go with them.
"""

from django.utils.translation import gettext_lazy as _

from community.belongings import Belonging, Column, Fate, Leaving, add_belonging, rows_of, table
from rewards.praise.models import Named, Praise, ShoutOut

_WORDS = {
    "kind__name": _("Reason for thanks"),
    "words": _("In your words"),
    "post_id": _("Post"),
    "state": _("State"),
    "given_at": _("When"),
}


def _erase(leaving: Leaving) -> int:
    """Delete what they said in thanks, when they chose so. Runs before the columns are emptied."""
    if not leaving.deletes_posts:
        return 0
    some = Praise.objects.filter(giver=leaving.member_id).values_list("pk", flat=True)[:1_000]
    return Praise.objects.filter(pk__in=list(some)).delete()[0]


def _erase_shout_outs(leaving: Leaving) -> int:
    """Delete shout-outs that name nobody any more. Runs with every erasure, and may find those of an earlier one."""
    named = Named.objects.filter(member=leaving.member_id).values_list("shout_out", flat=True)
    alone = [pk for pk in named[:1_000] if Named.objects.filter(shout_out=pk).count() == 1]
    return ShoutOut.objects.filter(pk__in=alone).delete()[0]


add_belonging(
    Belonging(
        "praise.given",
        _("Thanks you gave"),
        columns=(Column("praise.Praise", "giver", Fate.DETACH),),
        words={**_WORDS, "receiver__handle": _("To")},
        rows=rows_of("praise.Praise", "giver", ("receiver__handle", *_WORDS)),
        erase=_erase,
    )
)
table(
    "praise.received",
    _("Thanks you received"),
    "praise.Praise",
    "receiver",
    {
        "giver__handle": _("From"),
        "kind__name": _("Reason for thanks"),
        "words": _("In their words"),
        "given_at": _("When"),
    },
)
table(
    "praise.shout_outs",
    _("Shout-outs of the team that name you"),
    "praise.Named",
    "member",
    {"shout_out__words": _("Words"), "shout_out__made_at": _("When")},
    columns=(Column("praise.ShoutOut", "by", Fate.DETACH),),
    erase=_erase_shout_outs,
    # The team wrote them in the name of the house, so a name goes out of them wherever it stands.
    named_in=("praise.ShoutOut.words",),
)
