"""Taking a post off and putting it back as the team; deleting it for good."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Invalid, Refused
from community.threads import actions, permissions, queries
from community.threads.forms import add_refusal
from community.threads.models import Post, State
from community.threads.order_forms import JudgeForm, PurgeForm
from community.threads.views.posts import place_of
from community.web import done


@allow(Who.MEMBER, "GET", "POST")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post off with a reason; with `state` visible, put it back."""
    actor = actor_of(request)
    post = queries.get_post_for(actor, pk)
    permissions.can_moderate_thread(actor, post.thread).require()
    if request.POST.get("state") == State.VISIBLE:
        actions.judge_post(actor=actor, post=post, state=State.VISIBLE)
        return done(request, place_of(queries.get_post_for(actor, pk)), _("It is shown again."))
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.judge_post(actor=actor, post=post, state=State.REMOVED, reason=reason)
        return done(request, _onwards(post), _("Taken off. The author is told why."))
    context = {"form": form, "post": post, "place": place_of(post)}
    return render(request, "community/threads/judge.html", context, status=422 if form.errors else 200)


def _onwards(post: Post) -> str:
    """Return where to go when a post is off: its thread, as the team sees it, or the space."""
    return place_of(post) if post.position > 1 else post.thread.space.get_absolute_url()


@allow(Who.MEMBER, "GET", "POST")
def purge(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete something for good that was taken off before. Asks once more."""
    actor = actor_of(request)
    permissions.can_purge(actor).require()
    post = queries.get_post_for(actor, pk)
    form = PurgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.purge_post(actor=actor, post=post, reason=form.cleaned_data["reason"])
        except (Invalid, Refused) as refusal:
            add_refusal(form, refusal)
        else:
            gone = post.thread.space.get_absolute_url() if post.position == 1 else _back(post)
            return done(request, gone, _("Deleted for good."))
    context = {
        "form": form,
        "post": post,
        "place": place_of(post),
        "is_off": post.state in ("removed", "deleted"),
    }
    return render(request, "community/threads/purge.html", context, status=422 if form.errors else 200)


def _back(post: Post) -> str:
    return place_of(post).partition("#")[0]
