"""A thread as a whole: attending to it, and what moderators do with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.access import Who, actor_of, allow
from community.errors import Conflict, Invalid, RateLimited
from community.spaces.levels import said
from community.spaces.queries import list_spaces
from community.threads import actions, permissions, queries
from community.threads.forms import MoveForm, TitleForm, add_refusal
from community.threads.queries.ordering import first_post_of
from community.threads.queries.rows import thread_path
from community.threads.sorting import can_rename, can_sort
from community.web import back_or, done, is_fragment, say

Do = Callable[..., object]

ORDER: dict[str, tuple[Do, str | Promise]] = {
    "lock": (actions.lock_thread, gettext_lazy("Closed: only moderators can reply now.")),
    "unlock": (actions.unlock_thread, gettext_lazy("Open again for replies.")),
    "pin": (actions.pin_thread, gettext_lazy("It stays on top of its space now.")),
    "unpin": (actions.unpin_thread, gettext_lazy("It takes its turn in the list again.")),
    "unlist": (actions.unlist_thread, gettext_lazy("Out of the lists: whoever has the link still reads it.")),
    "list": (actions.list_thread, gettext_lazy("It stands in the lists again.")),
    "archive": (actions.archive_thread, gettext_lazy("Archived: it stays as it is.")),
    "unarchive": (actions.unarchive_thread, gettext_lazy("It is in use again.")),
}


@allow(Who.MEMBER, "GET", "POST")
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer to watch, track or mute a thread, or to attend to it as to any other, and take the choice."""
    actor = actor_of(request)
    if request.method != "POST":
        part = "_levels.html" if is_fragment(request) else "levels.html"
        return render(request, f"community/threads/{part}", {"thread": queries.thread_head(actor, pk)})
    thread = queries.get_thread_for(actor, pk)
    level = request.POST.get("level", "")
    actions.attend_to_thread(actor=actor, thread=thread, level=level)
    sentence = said(level, of_thread=True)
    if not is_fragment(request):
        return done(request, back_or(request, thread_path(thread.pk, thread.title)), sentence)
    head = queries.thread_head(actor, pk)
    return say(render(request, "community/threads/_follow.html", {"thread": head}), sentence)


@allow(Who.MEMBER, "POST")
def keep_order(request: HttpRequest, pk: int, choice: str) -> HttpResponse:
    """Close, open, pin, unpin, unlist, list, archive or take a thread back into use."""
    actor = actor_of(request)
    act, sentence = ORDER[choice]
    thread = queries.get_thread_for(actor, pk)
    act(actor=actor, thread=thread)
    return done(request, thread_path(thread.pk, thread.title), str(sentence))


@allow(Who.MEMBER, "GET", "POST")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a thread to another space."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    spaces = [space for space in list_spaces(actor) if space.pk != thread.space_id]
    if not permissions.can_moderate_thread(actor, thread):
        can_sort(actor, thread).require()
        spaces = [space for space in spaces if space.access == thread.space.access]
    form = MoveForm(request.POST or None, spaces=spaces, initial={"tags": ", ".join(thread.tags)})
    if request.method == "POST" and form.is_valid():
        space = form.cleaned_data["space"]
        # A form without the field leaves the topics as they are.
        tags = form.cleaned_data["tags"] if "tags" in request.POST else None
        try:
            actions.move_thread(actor=actor, thread=thread, space=space, tags=tags)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            sentence = _("Moved to %(space)s.") % {"space": space.name}
            return done(request, thread_path(thread.pk, thread.title), sentence)
    context = {"form": form, "thread": thread}
    return render(request, "community/threads/move.html", context, status=422 if form.errors else 200)


@allow(Who.MEMBER, "GET", "POST")
def title(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a thread a better title and fitting topics; its text stays."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    first = queries.get_post_for(actor, first_post_of(thread) or 0)
    can_rename(actor, first).require()
    typed = request.POST if request.method == "POST" else None
    form = TitleForm(typed, initial={"title": thread.title, "tags": thread.tags})
    if request.method == "POST" and form.is_valid():
        try:
            renamed = actions.rename_thread(actor=actor, thread=thread, **form.cleaned_data)
        except (Conflict, Invalid, RateLimited) as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, thread_path(renamed.pk, renamed.title), _("Your changes are saved."))
    context = {"form": form, "thread": thread}
    return render(request, "community/threads/title.html", context, status=422 if form.errors else 200)
