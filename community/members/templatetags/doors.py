"""Which ways in are open, for the pages of the sign-in package."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from community.members.doors.memory import closes_local_ways, door_rules
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


@register.simple_tag
def sum_to_join() -> str:
    """Draw the field for the small sum that browsers do while somebody types, unless that is off."""
    return "" if door_rules().proof == ProofAsked.OFF else sum_field("join")
