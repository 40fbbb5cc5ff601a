"""Which ways in are open, for the pages of the sign-in package."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme

from community.members.doors.memory import closes_local_ways, door_rules
from community.members.doors.passkeys import joins_by_passkey
from community.members.models import Joining, ProofAsked
from community.members.signon.providers import Provider, providers
from community.typed import sum_field

register = template.Library()


@dataclass(frozen=True, slots=True)
class Doors:
    """What a page about signing in may offer."""

    local: bool
    code: bool
    join: bool
    providers: Sequence[Provider]


@register.simple_tag
def doors() -> Doors:
    """Return which ways in are open now."""
    rules, local = door_rules(), not closes_local_ways()
    return Doors(
        local=local,
        code=local and rules.code_sign_in,
        providers=providers(),
        join=local and rules.joining in (Joining.OPEN, Joining.APPROVAL),
    )


@register.simple_tag(takes_context=True)
def can_use_passkeys(context: template.Context) -> bool:
    """Return whether this browser would make a passkey here: by https, or on this very machine."""
    request = context.get("request")
    if request is None:
        return False
    return request.is_secure() or urlsplit(f"//{request.get_host()}").hostname in (
        "localhost",
        "127.0.0.1",
        "::1",
    )


@register.simple_tag(takes_context=True)
def is_joining_by_passkey(context: template.Context) -> bool:
    """Return whether this visitor is about to join with a passkey alone."""
    return joins_by_passkey(context.get("request"))


@register.simple_tag
def asks_for_code() -> bool:
    """Return whether whoever joins writes a code from an e-mail first; without a mail server nobody could."""
    return bool(settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory")


@register.simple_tag(takes_context=True)
def onward(context: template.Context) -> str:
    """Return where the address of this page says to go on, when that is on this site."""
    request = context.get("request")
    if request is None:
        return ""
    to = str(request.GET.get("next", ""))
    return to if to and url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()) else ""


@register.simple_tag
def sum_to_join() -> str:
    """Draw the field for the small sum that browsers do while somebody types, unless that is off."""
    return "" if door_rules().proof == ProofAsked.OFF else sum_field("join")
