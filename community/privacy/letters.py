"""The letters about copies and erasure. They answer what somebody has just done, so they do not wait at the contact gate."""

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from community.notifications.account_mail import send_letter
from community.notifications.mail.message import language_of
from community.notifications.registry import NoticeWords
from community.privacy.models import Erasure, Export

PAGE = "/me/settings/privacy/data/"


def export_is_ready(export: Export) -> None:
    """Say that a copy can be fetched, once. A letter that cannot leave now is written again by the clock."""
    rows = Export.objects.filter(pk=export.pk)
    is_first = rows.filter(told_at=None).update(told_at=timezone.now()) == 1
    if is_first and not _say_ready(export):
        rows.update(told_at=None)


def _say_ready(export: Export) -> bool:
    member = export.member
    if not member.email:
        return True
    with translation.override(language_of(member)):
        words = NoticeWords(
            title=_("Your copy is ready"),
            text=_("Everything you have here is in one file. It can be fetched once, until %(when)s.")
            % {"when": _moment(export.ends_at)},
            url=settings.BASE_URL + PAGE,
            button=_("Go to your copy"),
            hint=_("If you did not ask for it, change your password: someone else is signed in as you."),
        )
        return send_letter(address=member.email, words=words)


def erasure_was_asked(erasure: Erasure) -> bool:
    """Say what will happen when, and how to keep the account. Like all of these it returns whether the letter is done with."""
    return _write(
        erasure,
        title=_("Your account will be erased"),
        text=_("This happens on %(when)s. Sign in before then, and everything stays as it is.")
        % {"when": _moment(erasure.due_at)},
    )


def erasure_is_near(erasure: Erasure) -> bool:
    """Say it once more, shortly before."""
    return _write(
        erasure,
        title=_("Your account will be erased soon"),
        text=_("On %(when)s it is gone for good. Sign in before then, and everything stays as it is.")
        % {"when": _moment(erasure.due_at)},
    )


def erasure_was_cancelled(erasure: Erasure) -> bool:
    """Say that the account stays."""
    member = erasure.member
    if not member.email:
        return True
    with translation.override(language_of(member)):
        words = NoticeWords(
            title=_("Your account stays"),
            text=_("You signed in, so nothing will be erased."),
            url=settings.BASE_URL + "/",
            button=_("Go to the community"),
            hint=_("If that was not you, change your password: someone else is signed in as you."),
        )
        return send_letter(address=member.email, words=words)


def erasure_is_done(*, address: str, language: str) -> bool:
    """Say that it is done, to an address that is forgotten with this letter."""
    with translation.override(language):
        words = NoticeWords(
            title=_("Your account is erased"),
            text=_("Nothing here says who you were any more. Copies in backups go when those backups go."),
            url=settings.BASE_URL + "/",
            button=_("Go to the community"),
            hint=_("You are welcome to join again at any time."),
        )
        return send_letter(address=address, words=words)


def _write(erasure: Erasure, *, title: str, text: str) -> bool:
    member = erasure.member
    if not member.email:
        return True
    words = NoticeWords(
        title=title,
        text=text,
        url=settings.BASE_URL + "/sign-in/",
        button=_("Sign in and keep my account"),
        hint=_("If this is what you want, there is nothing to do."),
    )
    return send_letter(address=member.email, words=words)


def _moment(value: object) -> str:
    return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")  # type: ignore[arg-type]
