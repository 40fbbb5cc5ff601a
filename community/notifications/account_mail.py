"""The account mails that allauth sends (confirm, reset, changed), in our words and look.

They are answers to what a person has just done, so they do not wait at the contact gate.
"""

from collections.abc import Callable, Mapping
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from community.brand.queries import current_brand
from community.members import sign_in
from community.members.doors.passkeys import joins_by_passkey
from community.members.models import Member
from community.notifications.channels.email import send_at_once
from community.notifications.mail.message import language_of, mail_frame, render
from community.notifications.registry import NoticeWords

Context = Mapping[str, Any]


class AccountAdapter(sign_in.AccountAdapter):
    """allauth's adapter with our own letters."""

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: Context, headers: Any = None
    ) -> EmailMessage:
        """Write the letter allauth asks for. One it may add in a later version keeps its own words."""
        words_of = LETTERS.get(template_prefix)
        if words_of is None:
            theirs: EmailMessage = super().render_mail(template_prefix, email, context, headers)
            return theirs
        with translation.override(_language_of(context)):
            return self._written(words_of(context), email, headers)

    def _written(self, words: NoticeWords, email: str | list[str], headers: Any) -> EmailMessage:
        brand = current_brand()
        frame = {
            **mail_frame(brand),
            "subject": words.title,
            "words": words,
            "why": _("You get this because someone used this address at %(name)s.") % {"name": brand.name},
            "can_stop": False,
            "stop_url": "",
            "stops_thread": False,
        }
        message = EmailMultiAlternatives(
            subject=" ".join(words.title.split()),
            body=render("email/account.txt", frame),
            from_email=formataddr((brand.name, parseaddr(self.get_from_email())[1])),
            to=[email] if isinstance(email, str) else email,
            headers={"Auto-Submitted": "auto-generated", **(headers or {})},
        )
        message.attach_alternative(render("email/account.html", frame), "text/html")
        return message


def send_letter(*, address: str, words: NoticeWords) -> bool:
    """Send a letter about an account at once, in the language in force: for tasks, never inside a transaction.

    Returns whether it is done with. It is not while the mail server does not take it: then it is tried again later. A letter
    that can never arrive is done with too, and stops nothing.
    """
    return send_at_once(AccountAdapter()._written(words, address, None))


def _language_of(context: Context) -> str:
    """Return what the receiver reads: their choice, else what they, or whoever asked for the letter, are browsing in."""
    member = context.get("user")
    if isinstance(member, Member) and member.language:
        return language_of(member)
    return translation.get_language() or settings.LANGUAGE_CODE


def on_our_site(url: str) -> str:
    """Return a link at the site's own address: the one in a request's Host header is whatever its sender wrote."""
    parts = urlsplit(url)
    return f"{settings.BASE_URL}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _confirm(context: Context) -> NoticeWords:
    return NoticeWords(
        title=_("Confirm your e-mail address"),
        text=_("One press, and news about your questions can reach you here. The link works for a day."),
        url=on_our_site(context["activate_url"]),
        button=_("Confirm this address"),
        hint=_("If you did not ask for this, there is nothing to do: without the press, nothing happens."),
    )


def _reset(context: Context) -> NoticeWords:
    return NoticeWords(
        title=_("Choose a new password"),
        text=_("Someone asked for a new password for your account. The link works for one hour and once."),
        url=on_our_site(context["password_reset_url"]),
        button=_("Choose a new password"),
        hint=_("If that was not you, there is nothing to do: your password stays as it is."),
    )


def _already_exists(context: Context) -> NoticeWords:
    return NoticeWords(
        title=_("You already have an account"),
        text=_("Someone, perhaps you, tried to join with this address. It already has an account."),
        url=on_our_site(context["password_reset_url"]),
        button=_("Choose a new password"),
        hint=_(
            "If you remember your password, you can sign in with it. If that was not you, nothing happened."
        ),
    )


def _unknown(context: Context) -> NoticeWords:
    return NoticeWords(
        title=_("There is no account with this address"),
        text=_(
            "Someone, perhaps you, asked for a way in. Perhaps you joined with another address, or not yet."
        ),
        url=on_our_site(context["signup_url"]),
        button=_("Join the community"),
    )


def _changed(title: str, text: str) -> NoticeWords:
    return NoticeWords(
        title=title,
        text=text,
        url=settings.BASE_URL + "/account/password/reset/",
        button=_("That was not me: choose a new password"),
        hint=_("If it was you, there is nothing to do."),
    )


def _login_code(context: Context) -> NoticeWords:
    joins = joins_by_passkey(context.get("request"))
    title = _("%(code)s is your code to join") if joins else _("%(code)s is your sign-in code")
    return NoticeWords(
        title=title % {"code": context["code"]},
        text=_(
            "Write it where you asked for it. It works for ten minutes and once. We never ask for it by phone or in a message."
        ),
        url=settings.BASE_URL + reverse("account_confirm_login_code"),
        button=_("Back to where you asked"),
        hint=_("If you did not ask for this, there is nothing to do: without the code, nothing happens."),
    )


LETTERS: Mapping[str, Callable[[Context], NoticeWords]] = {
    "account/email/email_confirmation": _confirm,
    "account/email/email_confirmation_signup": _confirm,
    "account/email/password_reset_key": _reset,
    "account/email/account_already_exists": _already_exists,
    "account/email/unknown_account": _unknown,
    "account/email/login_code": _login_code,
    "account/email/password_changed": lambda _context: _changed(
        _("Your password was changed"), _("Your account has a new password.")
    ),
    "account/email/password_set": lambda _context: _changed(
        _("Your account has a password"), _("You can now sign in with it.")
    ),
    "account/email/password_reset": lambda _context: _changed(
        _("Your password was changed"), _("Your account has a new password, by way of a link in an e-mail.")
    ),
    "account/email/email_changed": lambda context: _changed(
        _("Your e-mail address was changed"),
        _("It is now %(address)s. Mail to you goes there from now on.") % {"address": context["to_email"]},
    ),
    "account/email/email_confirm": lambda _context: _changed(
        _("Your e-mail address is confirmed"), _("News can reach you here now.")
    ),
    "account/email/email_deleted": lambda context: _changed(
        _("An e-mail address was removed"),
        _("%(address)s no longer belongs to your account.") % {"address": context["deleted_email"]},
    ),
    "socialaccount/email/account_connected": lambda context: _changed(
        _("A way to sign in was linked"),
        _("Your account can now be opened with %(name)s.") % {"name": context["provider"]},
    ),
    "socialaccount/email/account_disconnected": lambda context: _changed(
        _("A way to sign in was unlinked"),
        _("%(name)s no longer opens your account.") % {"name": context["provider"]},
    ),
    "mfa/email/totp_activated": lambda _context: _changed(
        _("Signing in now takes a second step"), _("An authenticator app was added to your account.")
    ),
    "mfa/email/totp_deactivated": lambda _context: _changed(
        _("The second step was switched off"), _("The authenticator app was removed from your account.")
    ),
    "mfa/email/recovery_codes_generated": lambda _context: _changed(
        _("You have new recovery codes"), _("The codes you had before no longer work.")
    ),
    "mfa/email/webauthn_added": lambda _context: _changed(
        _("A passkey was added"), _("Your account can now be opened with a new passkey or security key.")
    ),
    "mfa/email/webauthn_removed": lambda _context: _changed(
        _("A passkey was removed"), _("One of your passkeys or security keys no longer opens your account.")
    ),
}
