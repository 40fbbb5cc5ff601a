"""The poll of a post: looking, voting, taking a vote back, closing and opening again, and who voted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from markupsafe import Markup

from community.access import Who, actor_of, allow, viewer_of
from community.digits import number_in
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.threads import actions, queries
from community.threads.models import Post
from community.threads.poll_drawing import draw_poll, scene_of
from community.threads.standing import standing_of
from community.threads.views.posts import place_of
from community.web import done, is_fragment, say, token_field


@allow(Who.GUEST, "GET")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a poll alone: to vote in, or how it stands with `look=results`."""
    viewer = viewer_of(request)
    post = _post_with_poll(viewer, pk)
    return _shown(request, viewer, post, wish=request.GET.get("look", ""))


@allow(Who.MEMBER, "POST")
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose some of the options, in place of what was chosen before."""
    actor = actor_of(request)
    post = _post_with_poll(actor, pk)
    chosen = [
        number for value in request.POST.getlist("options")[:40] if (number := number_in(value)) is not None
    ]
    if not chosen:
        return _shown(request, actor, post, wish="vote", error=_("Choose at least one of the options."))
    try:
        actions.cast_vote(actor=actor, post=post, options=chosen)
    except Invalid as refusal:
        return _shown(request, actor, post, wish="vote", error=refusal.message)
    return _changed(request, actor, post, _("Your vote is counted."))


@allow(Who.MEMBER, "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's vote back."""
    actor = actor_of(request)
    post = _post_with_poll(actor, pk)
    actions.withdraw_vote(actor=actor, post=post)
    return _changed(request, actor, post, _("Your vote is taken back."))


@allow(Who.MEMBER, "POST")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more votes, or take them again when `on` is 0."""
    actor = actor_of(request)
    post = _post_with_poll(actor, pk)
    if request.POST.get("on") == "0":
        actions.reopen_poll(actor=actor, post=post)
        return _changed(request, actor, post, _("The poll is open again."))
    actions.close_poll(actor=actor, post=post)
    return _changed(request, actor, post, _("The poll is closed."))


@allow(Who.GUEST, "GET")
def voters(request: HttpRequest, pk: int, option: int) -> HttpResponse:
    """Show who chose an option of an open ballot."""
    viewer = viewer_of(request)
    post = _post_with_poll(viewer, pk)
    poll = queries.get_poll_of(viewer, post.pk)
    after = queries.read_position(request.GET.get("after", ""))
    found = queries.voters_of(viewer, poll, option, after or None)
    context = {"post": post, "poll": poll, "found": found, "place": place_of(post)}
    part = "_poll_voters.html" if is_fragment(request) else "poll_voters.html"
    return render(request, f"community/threads/{part}", context)


def _post_with_poll(viewer: Member | None, pk: int) -> Post:
    post = queries.get_post_for(viewer, pk)
    if not post.has_poll:
        raise NotFound()
    return post


def _changed(request: HttpRequest, actor: Member, post: Post, sentence: str) -> HttpResponse:
    if not is_fragment(request):
        return done(request, place_of(post), sentence)
    return say(_shown(request, actor, post), sentence)


def _shown(
    request: HttpRequest, viewer: Member | None, post: Post, *, wish: str = "", error: str = ""
) -> HttpResponse:
    head = queries.thread_head(viewer, post.thread_id)
    # The post was read already; only its poll is read again.
    row = queries.post_row(viewer, post.pk)
    scene = scene_of(row, head, standing_of(viewer, head), wish=wish, error=error)
    csrf = str(token_field(request)) if viewer is not None else ""
    status = 422 if error else 200
    if is_fragment(request):
        return HttpResponse(draw_poll(scene, csrf), status=status)
    drawn = Markup(draw_poll(scene, csrf))  # noqa: S704 - drawn by its template
    context = {"post": post, "place": place_of(post), "drawn": drawn, "error": error}
    return render(request, "community/threads/poll.html", context, status=status)
