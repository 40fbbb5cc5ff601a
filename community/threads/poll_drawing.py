"""A poll as one viewer finds it in a post: to vote in, to look at, or to wait for."""

from dataclasses import dataclass
from typing import cast

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from community.shapes import jinja
from community.threads.models import Poll, State, Thread
from community.threads.permissions import can_vote
from community.threads.queries.polls import PollView
from community.threads.queries.rows import PostRow, ThreadHead
from community.threads.standing import Standing


@dataclass(frozen=True, slots=True)
class PollScene:
    """What the template needs. `look`: "vote" is the form, "results" the bars, "wait" neither."""

    poll: PollView
    look: str
    votes: bool
    reason: str
    manages: bool
    guest: bool
    error: str = ""

    @property
    def how_many(self) -> str:
        """Say how many options one may choose."""
        least, most = self.poll.least, self.poll.most
        if most == 1:
            return ""
        if least == 1:
            text = _("Choose up to %(most)s.")
        elif least == most:
            text = _("Choose %(most)s.")
        else:
            text = _("Choose %(least)s to %(most)s.")
        return text % {"least": least, "most": most}

    @property
    def until(self) -> str:
        """Say when it closes."""
        if self.poll.is_closed:
            return _("Closed")
        if self.poll.closes_at is None:
            return ""
        moment = formats.date_format(timezone.localtime(self.poll.closes_at), "DATETIME_FORMAT")
        return _("Open until %(moment)s") % {"moment": moment}

    @property
    def later(self) -> str:
        """Say when the results will be shown, while they are not."""
        if self.poll.shows_results:
            return ""
        if self.poll.results == "voted":
            return _("You see the results once you have voted.")
        return _("The results are shown when the poll is closed.")


def scene_of(row: PostRow, head: ThreadHead, can: Standing, *, wish: str = "", error: str = "") -> PollScene:
    """Judge what the viewer may do with the poll of a post. `wish` is the look they asked for."""
    poll = row.poll
    if poll is None:
        raise ValueError("this post has no poll")
    votes, reason, manages = False, "", False
    if can.viewer is not None:
        verdict = can_vote(can.viewer, cast("Thread", head), cast("Poll", poll), row.state)
        votes, reason = bool(verdict), "" if poll.is_closed else verdict.reason
        own = row.author is not None and row.author.pk == can.pk and row.state == State.VISIBLE
        manages = can.moderates or (own and bool(can.reply))
    return PollScene(poll, _look(poll, votes, wish), votes, reason, manages, can.viewer is None, error)


def _look(poll: PollView, votes: bool, wish: str) -> str:
    if votes and (wish == "vote" or (not poll.voted and wish != "results")):
        return "vote"
    return "results" if poll.shows_results else "wait"


def draw_poll(scene: PollScene, csrf: str) -> str:
    """Draw a poll. `csrf` is the hidden field, empty for guests."""
    template = jinja().get_template("community/threads/_poll.html")
    return str(template.render(v=scene, poll=scene.poll, csrf=Markup(csrf)))  # noqa: S704 - the field of `token_field`
