"""The words of an e-mail: one notice in full, or several in a list, in the reader's language and the brand's colours."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.brand.models import Brand
from community.brand.queries import current_brand
from community.brand.theme import palette
from community.brand.theme.colour import to_hex
from community.members.models import Member
from community.notifications.channels.email import Letter
from community.notifications.mail.addresses import bounce_address, is_open, reply_address
from community.notifications.models import Digest, Notice, OutboundMail, Rhythm
from community.notifications.registry import Kind, NoticeWords
from community.notifications.sections import Section
from community.notifications.stops import digest_stop_token, stop_token, stop_url
from community.notifications.zones import zone_of

SHOWN_COLOURS = ("page", "surface", "line", "ink", "ink-2", "brand", "on-brand", "brand-soft", "brand-text")
LONGEST_SUBJECT = 200
_OURS = re.compile(r"<mail-(\d{1,18})\.[0-9a-f]{16}@[^<>@]+>$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Item:
    """One notice in an e-mail."""

    notice: Notice
    kind: Kind
    words: NoticeWords

    @property
    def url(self) -> str:
        """The whole address of what it is about."""
        return whole(self.words.url)


def whole(path: str) -> str:
    """Return the whole address of a path on this site."""
    return path if path.startswith(("http://", "https://")) else settings.BASE_URL + path


@contextmanager
def speaking_to(member: Member) -> Iterator[None]:
    """Speak the language and clock of a member: words for an e-mail are made and written within."""
    with translation.override(language_of(member)), timezone.override(zone_of(member)):
        yield


def language_of(member: Member) -> str:
    """Return what a member reads: their choice, else the community's, as far as it is spoken here."""
    spoken = dict(settings.LANGUAGES)
    wanted = (member.language, current_brand().default_language)
    return next((language for language in wanted if language in spoken), settings.LANGUAGE_CODE)


def write(mail: OutboundMail, member: Member, items: Sequence[Item]) -> None:
    """Put subject, text and stop link of an e-mail about `items` on its row."""
    brand = current_brand()
    first = items[0]
    mail.can_reply = is_open() and len(items) == 1 and first.kind.reply is not None
    with speaking_to(member):
        stops_thread = len(items) == 1 and first.kind.mute is not None and first.notice.thread_id is not None
        kinds = [item.kind for item in items]
        token = stop_token(member, kinds, first.notice.thread_id if stops_thread else None)
        subject = first.words.title if len(items) == 1 else _gathered_subject(items)
        template = first.kind.template if len(items) == 1 else "email/notices"
        context = {
            **mail_frame(brand),
            "subject": subject,
            "member": member,
            "items": list(items),
            "item": first,
            "words": first.words,
            "why": first.kind.why
            if len(items) == 1
            else _("You get this because you chose e-mail for these."),
            "stop_url": stop_url(token),
            "can_stop": not first.kind.is_fixed,
            "stops_thread": stops_thread,
            "can_reply": mail.can_reply,
        }
        mail.html = render(f"{template}.html", context)
        mail.text = render(f"{template}.txt", context)
    mail.to = member.email
    mail.subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    mail.stop_url = stop_url(token) if not first.kind.is_fixed else ""


WHY_DIGEST = {
    Rhythm.DAILY: gettext_lazy(
        "You get this once a day, because you were not here since the last one was due."
    ),
    Rhythm.WEEKLY: gettext_lazy(
        "You get this once a week, because you were not here since the last one was due."
    ),
    Rhythm.MONTHLY: gettext_lazy(
        "You get this once a month, because you were not here since the last one was due."
    ),
}


def write_digest(mail: OutboundMail, member: Member, digest: Digest, sections: Sequence[Section]) -> None:
    """Put subject, text and stop link of a digest on its row."""
    brand = current_brand()
    first = sections[0].entries[0].title
    with speaking_to(member):
        address = stop_url(digest_stop_token(member))
        subject = _("%(name)s, since you were last here: %(first)s") % {"first": first, "name": brand.name}
        context = {
            **mail_frame(brand),
            "subject": subject,
            "member": member,
            "sections": sections,
            "whole": whole,
            "why": WHY_DIGEST.get(Rhythm(digest.rhythm), ""),
            "stop_url": address,
            "can_stop": True,
            "stops_thread": False,
            "stop_text": _("Stop digests"),
        }
        mail.html = render("email/digest.html", context)
        mail.text = render("email/digest.txt", context)
    mail.to = member.email
    mail.subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    mail.stop_url = address


def render(template: str, context: dict[str, Any]) -> str:
    """Render a template of `templates/email/`."""
    return render_to_string(template, context, using="jinja2").strip() + "\n"


def mail_frame(brand: Brand) -> dict[str, Any]:
    """Return what every e-mail needs: whose it is, its colours, and where its links begin."""
    light, dark = (
        {name.replace("-", "_"): to_hex(colours[name]) for name in SHOWN_COLOURS}
        for colours in (palette(brand.look), palette(brand.look, dark=True))
    )
    return {
        "brand": brand,
        "light": light,
        "dark": dark,
        "base_url": settings.BASE_URL,
        "choices_url": settings.BASE_URL + reverse("notice_choices"),
        "lang": translation.get_language() or settings.LANGUAGE_CODE,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "logo_url": whole(f"/logo-{brand.logo_hash}.png") if brand.logo_hash else "",
    }


def _gathered_subject(items: Sequence[Item]) -> str:
    more = len(items) - 1
    return ngettext("%(first)s, and %(n)d more", "%(first)s, and %(n)d more", more) % {
        "first": items[0].words.title,
        "n": more,
    }


def letter_of(mail: OutboundMail) -> Letter:
    """Return the letter a row stands for. The same row always gives the same Message-ID."""
    headers = {}
    if mail.stop_url:
        headers["List-Unsubscribe"] = f"<{mail.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if answer_to := reply_address(mail):
        headers["Reply-To"] = answer_to
    brand = current_brand()
    return Letter(
        to_name=mail.member.name,
        to=mail.to,
        from_name=brand.name,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id=message_id(mail.pk),
        envelope_from=bounce_address(mail),
        headers=headers,
    )


def message_id(pk: int) -> str:
    """Derive a Message-ID from a row, so that a receiver recognises the same mail sent twice."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"mail-{pk}".encode(), hashlib.sha256).hexdigest()[:16]
    return f"<mail-{pk}.{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def pk_of_message_id(given: str) -> int | None:
    """Return the row a Message-ID of ours was made from, or None when we did not make it."""
    found = _OURS.match(given.strip())
    if found is None:
        return None
    pk = int(found[1])
    return pk if hmac.compare_digest(message_id(pk), given.strip()) else None
