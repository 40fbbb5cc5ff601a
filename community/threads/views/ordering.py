"""Keeping order in a thread beyond one press: one page with every tool, and the forms behind it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import Who, actor_of, allow
from community.digits import number_in
from community.errors import Conflict, DomainError, Invalid, NotFound
from community.members.models import Member
from community.spaces.queries import list_spaces
from community.threads import actions, permissions, queries
from community.threads.forms import add_refusal
from community.threads.models import Thread, TimerKind
from community.threads.order_forms import MergeForm, PinForm, ReminderForm, SlowForm, SplitForm, TimerForm
from community.threads.queries import ordering
from community.threads.queries.rows import thread_path
from community.web import done

Forms = dict[str, forms.Form]


def path_of(thread: Thread) -> str:
    """Return the address of the page with the tools."""
    return f"/t/{thread.pk}/-/order/"


@allow(Who.MEMBER, "GET")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every tool for a thread to whoever may use one of them."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    permissions.can_tidy_thread(actor, thread).require()
    return _page(request, actor, thread, {})


def _page(request: HttpRequest, actor: Member, thread: Thread, typed: Forms) -> HttpResponse:
    spaces = [space for space in list_spaces(actor) if not space.is_archived]
    head = queries.thread_head(actor, thread.pk)
    steered = head.steered
    offered: Forms = {
        "pin": PinForm(),
        "slow": SlowForm(initial={"seconds": steered.slow_seconds if steered else 0}),
        "timer": TimerForm(spaces=spaces),
        "merge": MergeForm(),
    } | typed
    context = {
        "thread": head,
        "forms": offered,
        "moderates": bool(permissions.can_moderate_thread(actor, thread)),
        "first_pk": ordering.first_post_of(thread),
        "may_pin_everywhere": bool(permissions.can_pin_everywhere(actor)),
        "timers": [timer for timer in ordering.timers_of(thread, actor) if timer.kind != TimerKind.REMIND],
        "regroupings": ordering.regroupings_of(thread),
        "errors": next((form for form in offered.values() if form.errors), None),
    }
    status = 422 if context["errors"] is not None else 200
    return render(request, "community/threads/order.html", context, status=status)


def _take(
    request: HttpRequest, pk: int, name: str, form: forms.Form, act: Any, sentence: str
) -> HttpResponse:
    """Take one form of the page: on to the page again, or the same with what needs another look."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    if form.is_valid():
        try:
            act(actor, thread, form.cleaned_data)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, path_of(thread), sentence)
    permissions.can_tidy_thread(actor, thread).require()
    return _page(request, actor, thread, {name: form})


@allow(Who.MEMBER, "POST")
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin a thread in its space or everywhere, for good or until a date."""

    def act(actor: Member, thread: Thread, typed: dict[str, Any]) -> None:
        actions.pin_thread(actor=actor, thread=thread, **typed)

    return _take(request, pk, "pin", PinForm(request.POST), act, _("It stays on top now."))


@allow(Who.MEMBER, "POST")
def slow(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose how long one member waits between two replies."""

    def act(actor: Member, thread: Thread, typed: dict[str, Any]) -> None:
        actions.set_slow_mode(actor=actor, thread=thread, seconds=typed["seconds"])

    return _take(request, pk, "slow", SlowForm(request.POST), act, _("The pace is set."))


@allow(Who.MEMBER, "POST")
def timer(request: HttpRequest, pk: int) -> HttpResponse:
    """Set what happens to a thread by itself; with `cancel`, let a kind of it not happen."""
    actor = actor_of(request)
    if "cancel" in request.POST:
        thread = queries.get_thread_for(actor, pk)
        actions.cancel_timer(actor=actor, thread=thread, kind=request.POST["cancel"])
        return done(request, path_of(thread), _("It will not happen by itself any more."))

    def act(actor: Member, thread: Thread, typed: dict[str, Any]) -> None:
        actions.set_timer(
            actor=actor,
            thread=thread,
            kind=typed["kind"],
            at=typed["at"],
            idle_days=typed["days"],
            space=typed["space"] if typed["kind"] == TimerKind.PUBLISH else None,
        )

    form = TimerForm(request.POST, spaces=list_spaces(actor))
    return _take(request, pk, "timer", form, act, _("The timer is set."))


@allow(Who.MEMBER, "POST")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a thread into another one, and go there."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    form = MergeForm(request.POST)
    if form.is_valid():
        try:
            target = _named(actor, form.cleaned_data["into"])
            actions.merge_threads(
                actor=actor, source=thread, target=target, reason=form.cleaned_data["reason"]
            )
        except DomainError as refusal:
            form.add_error("into", refusal.message)
        else:
            sentence = _("Merged. The old address leads here, and you can take it back.")
            return done(request, thread_path(target.pk, target.title), sentence)
    permissions.can_tidy_thread(actor, thread).require()
    return _page(request, actor, thread, {"merge": form})


@allow(Who.MEMBER, "GET", "POST")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose posts of a thread and where they go."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    permissions.can_tidy_thread(actor, thread).require()
    spaces = [space for space in list_spaces(actor) if not space.is_archived or space.pk == thread.space_id]
    started = {"space": thread.space.slug, "kind": thread.kind, "tags": thread.tags}
    form = SplitForm(request.POST or None, spaces=spaces, initial=started)
    chosen = {number for value in request.POST.getlist("post") if (number := number_in(value)) is not None}
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.split_thread(
                actor=actor,
                thread=thread,
                posts=chosen,
                into=_place(actor, form.cleaned_data),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            count = len(entry.places)
            sentence = ngettext("%(n)d post stands here now.", "%(n)d posts stand here now.", count)
            target = entry.target
            return done(request, thread_path(target.pk, target.title), sentence % {"n": count})
    return _show_split(request, thread, form, chosen)


def _named(actor: Member, pk: int) -> Thread:
    """Return the thread that was named, or say at the field that there is none."""
    try:
        return queries.get_thread_for(actor, pk)
    except NotFound:
        words = _("There is no such thread.")
        raise Invalid("thread_unknown", words, fields={"into": words}) from None


def _place(actor: Member, typed: dict[str, Any]) -> actions.NewThread | Thread:
    if typed["into"]:
        return _named(actor, typed["into"])
    return actions.NewThread(typed["title"], typed["space"], typed["kind"], typed["tags"])


def _show_split(request: HttpRequest, thread: Thread, form: forms.Form, chosen: set[int]) -> HttpResponse:
    posts = ordering.posts_to_split(thread, queries.read_position(request.GET.get("after", "")))
    context = {
        "thread": thread,
        "form": form,
        "chosen": chosen,
        "posts": posts[: ordering.PAGE],
        "after": posts[ordering.PAGE - 1].position if len(posts) > ordering.PAGE else 0,
    }
    return render(request, "community/threads/split.html", context, status=422 if form.errors else 200)


@allow(Who.MEMBER, "POST")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge or a split back."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    permissions.can_tidy_thread(actor, thread).require()
    wanted = number_in(request.POST.get("entry"))
    if wanted is None:
        raise Conflict("nothing_to_undo", _("Choose what to take back."))
    entry = ordering.get_regrouping_of(thread, wanted)
    back = actions.undo_regrouping(actor=actor, entry=entry)
    return done(request, thread_path(back.pk, back.title), _("Everything is back where it was."))


@allow(Who.MEMBER, "POST")
def pin_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a pinned thread take its turn for this reader, or show it on top again when `on` is 0."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    path = thread_path(thread.pk, thread.title)
    if request.POST.get("on") == "0":
        actions.bring_pin_back(actor=actor, thread=thread)
        return done(request, path, _("It is on top for you again."))
    actions.put_pin_away(actor=actor, thread=thread)
    return done(request, path, _("Put away: in your lists it takes its turn."))


@allow(Who.MEMBER, "GET", "POST")
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a member choose when to be reminded of a thread; without a moment, not any more."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    mine = [timer for timer in ordering.timers_of(thread, actor) if timer.kind == TimerKind.REMIND]
    form = ReminderForm(request.POST or None, initial={"at": mine[0].due_at if mine else None})
    path = thread_path(thread.pk, thread.title)
    if request.method == "POST" and form.is_valid():
        at = form.cleaned_data["at"]
        if at is None:
            actions.cancel_timer(actor=actor, thread=thread, kind=TimerKind.REMIND)
            return done(request, path, _("You will not be reminded of it."))
        try:
            actions.set_timer(actor=actor, thread=thread, kind=TimerKind.REMIND, at=at)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, path, _("We will remind you."))
    context = {"form": form, "thread": thread, "mine": mine}
    return render(request, "community/threads/remind.html", context, status=422 if form.errors else 200)
