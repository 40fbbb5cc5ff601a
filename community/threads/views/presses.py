"""What is said or kept with one press: reactions, bookmarks, the accepted answer."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.members.models import Member
from community.threads import actions, queries
from community.threads.drawing import Drawing
from community.threads.models import ReactionKind
from community.threads.queries.presses import Pressed
from community.threads.queries.rows import thread_path
from community.threads.standing import standing_of
from community.threads.views.posts import place_of
from community.web import done, is_fragment, say, token_field


@allow(Who.MEMBER, "POST")
def react(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Say something about a post, or take it back when `on` is 0."""
    actor = actor_of(request)
    pressed = queries.get_pressed_for(actor, pk)
    mine = pressed.row.mine
    if request.POST.get("on") == "0":
        actions.remove_reaction(actor=actor, post=pressed.post, kind=kind)
        return _pressed(request, actor, pressed, mine - {kind}, _("Taken back."))
    actions.add_reaction(actor=actor, post=pressed.post, kind=kind)
    same = kind == ReactionKind.SAME
    sentence = _("Noted. You are not the only one.") if same else _("Thanks. The author will see this.")
    return _pressed(request, actor, pressed, mine | {kind}, sentence)


@allow(Who.MEMBER, "POST")
def bookmark(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a post for later, or no longer when `on` is 0."""
    actor = actor_of(request)
    pressed = queries.get_pressed_for(actor, pk)
    mine = pressed.row.mine
    if request.POST.get("on") == "0":
        actions.unbookmark_post(actor=actor, post=pressed.post)
        return _pressed(request, actor, pressed, mine, _("No longer in your bookmarks."))
    actions.bookmark_post(actor=actor, post=pressed.post)
    return _pressed(request, actor, pressed, mine, _("Kept in your bookmarks."))


@allow(Who.MEMBER, "POST")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a reply the accepted answer."""
    actor = actor_of(request)
    thread = actions.accept_answer(actor=actor, post=queries.get_post_for(actor, pk))
    path = thread_path(thread.pk, thread.title)
    return done(request, f"{path}#answer", _("That is the accepted answer now. Its author will be thanked."))


@allow(Who.MEMBER, "POST")
def unaccept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a question has no accepted answer yet."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    actions.unaccept_answer(actor=actor, thread=thread)
    return done(request, thread_path(thread.pk, thread.title), _("The question is open again."))


def _pressed(
    request: HttpRequest, actor: Member, pressed: Pressed, mine: frozenset[str], sentence: str
) -> HttpResponse:
    """Answer with the line under the post as it is after the press; `mine` is what the actor says about it now."""
    post, head = pressed.post, pressed.head
    if not is_fragment(request):
        return done(request, place_of(post), sentence)
    row = pressed.row
    row.counts, row.mine = post.reactions, mine
    # Only the line is drawn: who is blocked and how moments are told is for posts.
    drawing = Drawing(head, standing_of(actor, head), str(token_field(request)), ago=str)
    return say(HttpResponse(drawing.acts(row)), sentence)
