"""Copies and erasures are about members too."""

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, Leaving, table, unlisted
from community.privacy.erasing.quietening import quieten, quieten_titles
from community.privacy.models import Export
from community.threads.models import Thread


def _remove_files(leaving: Leaving) -> int:
    """The file first: a row without its file only says that there was one."""
    for export in Export.objects.filter(member=leaving.member_id):
        default_storage.delete(export.path)
    return 0


def _quieten(leaving: Leaving) -> int:
    """What the log says of the account itself; and of titles that go, in what happened to answers of others."""
    quieten("members.member", [leaving.member_id], leaving)
    if leaving.deletes_posts:
        threads = Thread.objects.filter(author=leaving.member_id).values_list("pk", flat=True)
        quieten_titles(list(threads), leaving)
    return 0


table(
    "privacy.exports",
    _("Copies you asked for"),
    "privacy.Export",
    "member",
    {"asked_at": _("When"), "state": _("State"), "fetched_at": _("Fetched")},
    erase=_remove_files,
    moves=False,
)
unlisted(
    "privacy.erasures",
    _("Erasures"),
    _("They begin with your own word, and end with nothing that says whose it was."),
    Column(
        "privacy.Erasure",
        "member",
        Fate.KEEP,
        _("It proves that the wish was followed, by number."),
        moves=False,
    ),
    Column("privacy.Erasure", "asked_by", Fate.DETACH),
    Column("privacy.FormerHandle", "member", Fate.DELETE),
    erase=_quieten,
    order=15,
)
