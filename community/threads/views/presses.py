"""What is said or kept with one press: reactions, bookmarks, the accepted answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.members.models import Member
from community.threads import actions, queries
from community.threads.models import Post, ReactionKind
from community.threads.queries.rows import thread_path
from community.threads.standing import standing_of
from community.threads.views.posts import place_of
from community.threads.views.show import drawing_for
from community.web import done, is_fragment, say


@allow(Who.MEMBER, "POST")
def react(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Say something about a post, or take it back when `on` is 0."""
    actor = actor_of(request)
    post = queries.get_post_for(actor, pk)
    if request.POST.get("on") == "0":
        actions.remove_reaction(actor=actor, post=post, kind=kind)
        return _pressed(request, actor, post, _("Taken back."))
    actions.add_reaction(actor=actor, post=post, kind=kind)
    if kind == ReactionKind.SAME:
        return _pressed(request, actor, post, _("Noted. You are not the only one."))
    return _pressed(request, actor, post, _("Thanks. The author will see this."))


@allow(Who.MEMBER, "POST")
def bookmark(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a post for later, or no longer when `on` is 0."""
    actor = actor_of(request)
    post = queries.get_post_for(actor, pk)
    if request.POST.get("on") == "0":
        actions.unbookmark_post(actor=actor, post=post)
        return _pressed(request, actor, post, _("No longer in your bookmarks."))
    actions.bookmark_post(actor=actor, post=post)
    return _pressed(request, actor, post, _("Kept in your bookmarks."))


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


def _pressed(request: HttpRequest, actor: Member, post: Post, sentence: str) -> HttpResponse:
    if not is_fragment(request):
        return done(request, place_of(post), sentence)
    head = queries.thread_head(actor, post.thread_id)
    draw = drawing_for(request, head, standing_of(actor, head))
    context = {"row": queries.post_row(actor, post.pk), "draw": draw}
    return say(render(request, "community/threads/_acts.html", context), sentence)
