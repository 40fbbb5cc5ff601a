"""Being oneself again after looking as a member."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.moderation.members_desk.actions import end_seeing_as
from community.web import done

# Where a session holds under which number its owner looks as somebody.
SEEING = "seeing_as"


@allow(Who.MODERATOR, "POST")
def end(request: HttpRequest) -> HttpResponse:
    """Stop looking as a member."""
    end_seeing_as(actor=actor_of(request))
    request.session.pop(SEEING, None)
    return done(request, "/", _("You are yourself again."))
