"""Asking pages for their cards, and rendering the texts that show them when an answer came.

Nobody waits for this: a text is there at once with a plain link. A page is asked by the guarded way out, read in the limited
process, and asked again seldom; what fails is tried again ever later. Pictures are fetched and drawn anew, never linked to.
"""

import datetime as dt
import logging
import random
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db import transaction
from django.utils import timezone

from community import egress
from community.errors import DomainError
from community.writing.card_models import CardRules, CardState, CardUse, LinkCard, card_rules
from community.writing.cards import OwnPage, host_of, own_page
from community.writing.images import draw_anew
from community.writing.limited import read_page
from community.writing.models import Audience, Kind, Upload
from community.writing.renewing import renew_rows, shelf_named

logger = logging.getLogger(__name__)

AT_ONCE = 10
FROM_ONE_HOST = 3
LEASE = dt.timedelta(minutes=5)
FRESH = dt.timedelta(days=30)
FIRST_RETRY, LAST_RETRY, MOST_ATTEMPTS = dt.timedelta(minutes=10), dt.timedelta(days=7), 6
PAGE_BYTES, PICTURE_BYTES = 512 * 1024, 5 * 1024 * 1024
PAGE_SECONDS, PICTURE_SECONDS = 8.0, 10.0
_ASKING = {"User-Agent": "Porchlight link cards", "Accept": "text/html"}
CARD = "writing.linkcard"


def fetch_due_cards() -> int:
    """Ask the pages whose time has come, a few at a time and few from one host. Returns how many were asked."""
    rules = card_rules()
    asked: dict[str, int] = {}
    cards = _leased()
    for card in cards:
        host = host_of(card.url)
        asked[host] = asked.get(host, 0) + 1
        if asked[host] > FROM_ONE_HOST:
            LinkCard.objects.filter(pk=card.pk).update(due_at=timezone.now() + dt.timedelta(minutes=1))
            continue
        fetch_card(card, rules)
    return len(cards)


@transaction.atomic
def _leased() -> list[LinkCard]:
    """Claim some cards: whoever dies with them lets them be claimed again a little later."""
    due = LinkCard.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    cards = list(due.select_for_update(skip_locked=True)[:AT_ONCE])
    LinkCard.objects.filter(pk__in=[card.pk for card in cards]).update(due_at=timezone.now() + LEASE)
    return cards


def fetch_card(card: LinkCard, rules: CardRules) -> None:
    """Ask one page and keep what it says. A card that was there stays while its page does not answer."""
    own = own_page(card.url)
    if own is not None:
        return _keep_own(card, *own)
    if not rules.allows(host_of(card.url)):
        return _keep(card, CardState.NOTHING, due_at=None)
    try:
        answer = egress.get(
            card.url,
            headers=_ASKING,
            may=lambda target: target.is_trusted or rules.allows(target.host),
            deadline=PAGE_SECONDS,
            most_bytes=PAGE_BYTES,
        )
    except (egress.EgressRefused, egress.EgressFailed) as error:
        return _fail(card, str(error), final=isinstance(error, egress.EgressRefused))
    if answer.status in (404, 410) or answer.status >= 500 or answer.status == 429:
        return _fail(card, f"answered {answer.status}", final=answer.status in (404, 410))
    facts = _facts(answer)
    if facts is None:
        return _keep(card, CardState.NOTHING)
    card.title, card.description, card.site = facts[:3]
    _keep_picture(card, urljoin(answer.url, facts[3]) if facts[3] else "", rules)
    return _keep(card, CardState.READY)


def _facts(answer: egress.Answer) -> list[str] | None:
    kind = answer.headers.get("content-type", "").lower()
    wishes = answer.headers.get("x-robots-tag", "").lower()
    if answer.status != 200 or not kind.startswith(("text/html", "application/xhtml+xml")):
        return None
    if any(wish in wishes for wish in ("noindex", "nosnippet", "none")):
        return None
    charset = kind.partition("charset=")[2].strip("\"' ;") or "utf-8"
    try:
        page = answer.body.decode(charset, errors="replace")
    except LookupError:
        page = answer.body.decode("utf-8", errors="replace")
    facts = read_page(page.replace("\x00", "\ufffd"))
    return facts if facts is not None and facts[0] and not facts[4] else None


def _keep_picture(card: LinkCard, url: str, rules: CardRules) -> None:
    """Fetch the picture and draw it anew. Without one, or when it cannot be used, the card has none."""
    before, card.picture = card.picture, None
    if url and urlsplit(url).scheme in ("http", "https"):
        try:
            card.picture = _drawn(card, url, rules)
        except (egress.EgressRefused, egress.EgressFailed, DomainError, OSError) as error:
            logger.info("The picture of %s is not shown: %s", host_of(card.url), error)
    if before is not None:
        before.delete()
        for size in before.variants:
            default_storage.delete(before.path_for(size))


def _drawn(card: LinkCard, url: str, rules: CardRules) -> Upload | None:
    answer = egress.get(
        url,
        headers={**_ASKING, "Accept": "image/*"},
        may=lambda target: target.is_trusted or rules.allows(target.host),
        deadline=PICTURE_SECONDS,
        most_bytes=PICTURE_BYTES + 1,
    )
    if answer.status != 200 or len(answer.body) > PICTURE_BYTES:
        return None
    size = len(answer.body)
    file = InMemoryUploadedFile(BytesIO(answer.body), None, "card", "", size, None)
    drawn = draw_anew(file, Kind.IMAGE)
    largest = drawn.variants[-1]
    upload = Upload(
        kind=Kind.IMAGE,
        original_name="",
        content_type=drawn.content_type,
        bytes=sum(len(variant.data) for variant in drawn.variants),
        width=largest.width,
        height=largest.height,
        variants={v.name: [v.width, v.height, len(v.data)] for v in drawn.variants},
        audience=Audience.PUBLIC,
        attached_type=CARD,
        attached_pk=card.pk,
    )
    for variant in drawn.variants:
        default_storage.save(upload.path_for(variant.name), ContentFile(variant.data))
    upload.save(force_insert=True)
    return upload


def _keep_own(card: LinkCard, thread: int, page: OwnPage | None) -> None:
    card.own_thread = thread
    if page is None:
        card.title = card.description = card.site = ""
        return _keep(card, CardState.NOTHING, due_at=None)
    card.title, card.description, card.site = page.title[:200], page.description[:300], page.site[:80]
    return _keep(card, CardState.READY, due_at=None)


def _keep(card: LinkCard, state: str, **more: dt.datetime | None) -> None:
    card.state, card.attempts, card.error = state, 0, ""
    card.fetched_at = timezone.now()
    card.due_at = more.get("due_at", timezone.now() + FRESH)
    card.is_changed = True
    card.save()


def _fail(card: LinkCard, why: str, *, final: bool) -> None:
    """Try again ever later, and in the end no more."""
    card.attempts += 1
    card.error = why[:200]
    card.state = card.state if card.state == CardState.READY else CardState.FAILED
    wait = min(FIRST_RETRY * 4 ** (card.attempts - 1), LAST_RETRY) * random.uniform(1, 1.2)  # noqa: S311 - so that not all come at once
    over = final or card.attempts >= MOST_ATTEMPTS
    card.due_at = None if over else timezone.now() + wait
    card.save()


def show_changed_cards(*, at_most: int = 50) -> int:
    """Render the texts again that show cards which changed. Returns how many texts were written."""
    cards = LinkCard.objects.filter(is_changed=True).order_by("pk").values_list("pk", flat=True)[:at_most]
    shown = 0
    for pk in list(cards):
        # Said first: a change that comes while the texts are rendered asks for another round.
        LinkCard.objects.filter(pk=pk).update(is_changed=False)
        try:
            shown += _show(pk)
        except BaseException:
            LinkCard.objects.filter(pk=pk).update(is_changed=True)
            raise
    return shown


def _show(card_pk: int) -> int:
    uses: dict[str, list[int]] = {}
    for shelf, target in CardUse.objects.filter(card=card_pk).values_list("shelf", "target_pk"):
        uses.setdefault(shelf, []).append(target)
    found = ((shelf_named(name), targets) for name, targets in uses.items())
    return sum(renew_rows(shelf, targets) for shelf, targets in found if shelf is not None)
