"""What threads suggest for today: questions this member could answer, their own that may have been answered, and a poll."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.threads import queries
from community.threads.queries import Nudge
from community.today import Kind, Suggestion


def questions(member: Member) -> list[Suggestion]:
    """Suggest up to three threads where a minute of this member helps."""
    return [_suggestion(nudge) for nudge in queries.three_for(member)]


def _suggestion(nudge: Nudge) -> Suggestion:
    url = nudge.get_absolute_url()
    if nudge.why == "poll":
        return _poll(nudge, url)
    if nudge.why == "choose":
        said = ngettext(
            "%(num)d reply to “%(title)s”. Did one of them work?",
            "%(num)d replies to “%(title)s”. Did one of them work?",
            nudge.replies,
        ) % {"num": nudge.replies, "title": Truncator(nudge.title).chars(70)}
        return Suggestion(Kind.HELP, "check", _("Your question"), said, _("Choose the answer"), url)
    action = _("Help %(name)s") % {"name": nudge.asker_first}
    return Suggestion(Kind.HELP, "chat", _reason(nudge), Truncator(nudge.title).chars(90), action, url)


def _poll(nudge: Nudge, url: str) -> Suggestion:
    closes = timezone.localtime(dt.datetime.fromisoformat(nudge.about))
    reason = _("The poll closes %(when)s") % {"when": formats.date_format(closes, "SHORT_DATETIME_FORMAT")}
    text = Truncator(nudge.title).chars(90)
    if nudge.replies:
        voted = ngettext("%(num)d person has voted.", "%(num)d people have voted.", nudge.replies)
        text = f"{text} {voted % {'num': nudge.replies}}"
    return Suggestion(Kind.ASK, "poll", reason, text, _("Vote"), url)


def _reason(nudge: Nudge) -> str:
    if nudge.why == "tag":
        return _("You know about %(tag)s") % {"tag": nudge.about.replace("-", " ")}
    if nudge.why == "space":
        return _("No reply yet in %(space)s") % {"space": nudge.about}
    return _("No reply yet")
