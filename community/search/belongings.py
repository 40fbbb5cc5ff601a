"""What was looked for, and what can be found of somebody."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Belonging, Column, Fate, Leaving, add_belonging, table
from community.search.forgetting import forget_author, forget_title_words, renew_named

# Before the titles themselves are taken: later nobody knows which words they brought.
_BEFORE, _AFTER = 5, 900
_MADE = _("It is made of what stands elsewhere.")


def _words(leaving: Leaving) -> int:
    if leaving.deletes_posts:
        forget_title_words(actor=None, author_id=leaving.member_id)
    return 0


def _documents(leaving: Leaving) -> int:
    """What was found by their words goes with them."""
    return forget_author(actor=None, author_id=leaving.member_id, drop=leaving.deletes_posts)


def _named(leaving: Leaving) -> int:
    """What named them is read anew from what stands there now."""
    return renew_named(actor=None, handle=leaving.handle, addresses=leaving.emails)


table(
    "search.recent",
    _("What you looked for lately"),
    "search.RecentSearch",
    "member",
    {"text": _("Text"), "asked_at": _("When")},
)
add_belonging(
    Belonging(
        "search.words",
        _("Words of titles"),
        erase=_words,
        unsaid=_MADE,
        order=_BEFORE,
    )
)
add_belonging(
    Belonging(
        "search.documents",
        _("Search index"),
        columns=(Column("search.SearchDocument", "author_id", Fate.DETACH),),
        erase=_documents,
        unsaid=_MADE,
        order=40,
    )
)
add_belonging(
    Belonging("search.named", _("Where others named you"), erase=_named, unsaid=_MADE, order=_AFTER)
)
