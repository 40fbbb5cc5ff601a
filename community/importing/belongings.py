"""What came along from another community."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Belonging, Leaving, add_belonging, table
from community.importing.models import ExternalReference

table(
    "importing.earned",
    _("Honours from elsewhere"),
    "importing.EarnedElsewhere",
    "member",
    {"source": _("Where"), "name": _("Name"), "times": _("How often"), "first_at": _("First")},
)


def _forget(leaving: Leaving) -> int:
    """The number they had in the other community would still say who they were."""
    ExternalReference.objects.filter(kind="member", target_pk=leaving.member_id).delete()
    return 0


add_belonging(
    Belonging(
        "importing.numbers",
        _("Your number in another community"),
        erase=_forget,
        unsaid=_("It is a number of that community, and says nothing here."),
    )
)
