"""Where joining meets invitations: which one a browser carries, and using it up as the account is made."""

from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from community.errors import DomainError, NotFound
from community.members.invitations.actions import accept_invitation
from community.members.invitations.queries import SESSION_KEY, get_invitation_by, invitation_of_session
from community.members.models import Invitation, Member


def invitation_for_request(request: HttpRequest) -> Invitation | None:
    """Return the invitation this visitor opened, while it stands."""
    return invitation_of_session(request.session) if hasattr(request, "session") else None


def is_invited(request: HttpRequest) -> bool:
    """Whether this visitor opened an invitation that stands: what lets them in where only the invited may join."""
    return invitation_for_request(request) is not None


def use_invitation(request: HttpRequest, member: Member) -> None:
    """Use the visitor's invitation for the account that is just being made, in the same transaction.

    When it cannot be used (any more, or for this address) there is no account either: they are told why, and may join
    without it where that is open.
    """
    code = getattr(request, "session", {}).get(SESSION_KEY)
    if not code:
        return
    try:
        accept_invitation(actor=member, invitation=get_invitation_by(str(code)))
    except (DomainError, NotFound) as error:
        messages.error(request, error.message)
        where = reverse("invitation", args=[code]) if not isinstance(error, NotFound) else reverse("home")
        raise ImmediateHttpResponse(HttpResponseRedirect(where)) from error
