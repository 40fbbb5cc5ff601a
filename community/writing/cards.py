"""Cards in texts: which are ready to be shown, how they look, and that a text shows them."""

import datetime as dt
import html
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.revision import change_mark
from community.sql import write
from community.writing.card_models import CardRules, CardState, CardUse, LinkCard, card_key, card_rules
from community.writing.renewing import Shelf, shelf_named
from community.writing.sanitise import LINK_REL

_PICTURE = "240"
LATER = dt.timedelta(hours=1)


class OwnPage(NamedTuple):
    """What a guest may see of a page of this site."""

    thread: int
    title: str
    description: str
    site: str


# Given an address, whether it is a page of this site, and what guests may see of it (None: nothing).
OwnLookup = Callable[[str], tuple[int, OwnPage | None] | None]
_own: list[OwnLookup] = []


def use_own_pages(lookup: OwnLookup) -> None:
    """Let addresses of this site have cards from the database: called once by the feature that knows its pages."""
    _own[:] = [lookup]


def own_page(url: str) -> tuple[int, OwnPage | None] | None:
    """Return which thread an address of this site shows, with what guests may see of it; None for other addresses."""
    return _own[0](url) if _own else None


def cards_shown(urls: frozenset[str]) -> Mapping[str, str]:
    """Return the HTML of the cards that are ready and allowed, by address: what rendering asks."""
    keys = [card_key(url) for url in urls]
    found = LinkCard.objects.filter(key__in=keys, state=CardState.READY).select_related("picture")
    cards = list(found)
    rules = card_rules() if cards else None
    return {card.url: card_html(card) for card in cards if rules is not None and is_allowed(rules, card)}


def is_allowed(rules: CardRules, card: LinkCard) -> bool:
    """Whether the rules let a card be shown."""
    return rules.is_on if card.own_thread is not None else rules.allows(host_of(card.url))


def host_of(url: str) -> str:
    """Return the host of an address; empty when it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def card_html(card: LinkCard) -> str:
    """Draw a card. Every word of it is a stranger's, so every word is escaped here."""
    said, href = html.escape, html.escape(card.url)
    picture = ""
    if card.picture is not None:
        upload = card.picture
        size = _PICTURE if _PICTURE in upload.variants else upload.largest
        width, height, _bytes = upload.variants[size]
        picture = (
            f'<img src="{upload.url_for(size)}" alt="" loading="lazy" width="{width}" height="{height}">'
        )
    about = f"<span>{said(card.description)}</span>" if card.description else ""
    site = said(card.site or host_of(card.url))
    return (
        f'<p class="link-card">{picture}<a href="{href}" rel="{LINK_REL}"><b>{said(card.title)}</b></a>'
        f"{about}<small>{site}</small></p>"
    )


def note_cards(shelf: str, target_pk: int, urls: Iterable[str], *, later: bool = False) -> None:
    """Say which cards a text shows now, in the transaction that writes it; new addresses are asked afterwards.

    `later` lets them wait an hour.
    """
    wanted = {card_key(url): url for url in urls}
    CardUse.objects.filter(Q(shelf=shelf, target_pk=target_pk) & ~Q(card__key__in=wanted)).delete()
    if not wanted:
        return
    due = timezone.now() + (LATER if later else dt.timedelta(0))
    LinkCard.objects.bulk_create(
        [LinkCard(key=key, url=url, due_at=due) for key, url in sorted(wanted.items())],
        ignore_conflicts=True,
    )
    cards = LinkCard.objects.filter(key__in=wanted).values_list("pk", flat=True)
    CardUse.objects.bulk_create(
        [CardUse(card_id=pk, shelf=shelf, target_pk=target_pk) for pk in cards], ignore_conflicts=True
    )


def forget_own_thread(thread: int) -> None:
    """Let what cards said of a thread that is gone be forgotten at once, and the texts that show them be drawn anew."""
    LinkCard.objects.filter(own_thread=thread).update(
        title="", description="", state=CardState.NOTHING, is_changed=True, due_at=timezone.now()
    )


_WITHOUT = """UPDATE {table} o SET {html} = replace(o.{html}, %s, %s) FROM (
    SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) free
  WHERE o.id = free.id"""


def withdraw_own_cards(thread: int) -> None:
    """Put plain links in place of the cards of a thread that guests may not read any more, in the transaction that hides it.

    A text that somebody is changing right now is drawn anew a moment later, like all of them.
    """
    cards = list(LinkCard.objects.filter(own_thread=thread, state=CardState.READY).select_related("picture"))
    for card in cards:
        href = html.escape(card.url)
        plain = f'<p><a href="{href}" rel="{LINK_REL}">{href}</a></p>'
        for shelf, targets in _uses(card).items():
            sql = _WITHOUT.format(table=shelf.table, html=shelf.html)
            write(sql, (card_html(card), plain, targets))
    if cards:
        forget_own_thread(thread)
        transaction.on_commit(change_mark)


def _uses(card: LinkCard) -> dict[Shelf, list[int]]:
    uses: dict[Shelf, list[int]] = {}
    for name, target in CardUse.objects.filter(card=card).values_list("shelf", "target_pk"):
        if (shelf := shelf_named(name)) is not None:
            uses.setdefault(shelf, []).append(target)
    return uses
