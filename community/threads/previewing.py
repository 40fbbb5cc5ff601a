"""How a public thread looks where its address is shared: the picture, and the words beside it."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.brand.models import Brand
from community.brand.preview import Preview, address_of, preview_of
from community.brand.queries import current_brand
from community.spaces.models import Access
from community.threads.plain import plain
from community.threads.queries import ThreadHead, ThreadPage


@dataclass(frozen=True, slots=True)
class Shared:
    """What other sites read of a public thread."""

    description: str
    picture: str


def shared(request: HttpRequest, page: ThreadPage, short: str) -> Shared | None:
    """Return how a thread is shown elsewhere, or None when not everyone may read it. `short` is its answer in a line."""
    thread = page.thread
    if thread.space.access != Access.PUBLIC:
        return None
    first = next(iter(page.rows()), None)
    words = short or (_first_words(first.html[:900]) if first is not None else "")
    picture = preview_of_thread(current_brand(), thread)
    return Shared(words, request.build_absolute_uri(address_of(picture, f"/t/{thread.pk}/-/")))


def preview_of_thread(brand: Brand, thread: ThreadHead) -> Preview:
    """Return the picture of a thread: its title under the kind and the space it stands in."""
    kicker = _kicker(thread.is_question, thread.space.name, brand.default_language)
    return preview_of(brand, thread.title, kicker)


@lru_cache(maxsize=512)
def _first_words(html: str) -> str:
    return Truncator(plain(html)).chars(200)


@lru_cache(maxsize=1024)
def _kicker(is_question: bool, space: str, language: str) -> str:
    """Whoever shares a thread gets the same picture, so it is in the language of the community."""
    with override(language):
        words = _("Question in %(space)s") if is_question else _("Discussion in %(space)s")
    return words % {"space": space}
