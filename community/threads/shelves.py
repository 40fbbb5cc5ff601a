"""The texts of threads, as the renewal of old HTML knows them, and what a card shows of a thread."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from community.brand.queries import current_brand
from community.threads.composing import resolve_names
from community.threads.models import Post, Thread
from community.writing.cards import OwnPage, cards_shown, use_own_pages
from community.writing.renewing import Shelf, add_shelf

POSTS = Shelf(
    name="threads.post",
    table="threads_post",
    text="body_md",
    html="body_html",
    version="render_version",
    resolve=resolve_names,
    cards=cards_shown,
)

_THREAD = re.compile(r"/t/(\d{1,18})/(?:[^/]*/)?")
_POST = re.compile(r"/p/(\d{1,18})/")


def own_thread(url: str) -> tuple[int, OwnPage | None] | None:
    """Return the thread that an address of this site shows, and what a guest sees of it: everybody reads the card."""
    parts = urlsplit(url)
    if parts.netloc.lower() != urlsplit(settings.BASE_URL).netloc.lower():
        return None
    pk = _thread_at(parts.path)
    if pk is None:
        return 0, None
    thread = Thread.objects.visible_to(None).select_related("space").filter(pk=pk).first()
    if thread is None:
        return pk, None
    site = f"{current_brand().name} · {thread.space.name}"
    return pk, OwnPage(pk, thread.title, thread.excerpt, site)


def _thread_at(path: str) -> int | None:
    if match := _THREAD.fullmatch(path):
        return int(match[1])
    if match := _POST.fullmatch(path):
        return Post.objects.filter(pk=int(match[1])).values_list("thread_id", flat=True).first()
    return None


def register() -> None:
    """Let posts be rendered again, and links to threads have cards."""
    add_shelf(POSTS)
    use_own_pages(own_thread)
