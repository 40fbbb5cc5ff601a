"""The inbox, the bell, and the choices about both."""

import datetime as dt
import json

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from community.access import Who, actor_of, allow
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.notifications import actions, limits
from community.notifications.forms import ChoicesForm, DigestForm
from community.notifications.mail.intake import take_event
from community.notifications.queries.browsers import push_box
from community.notifications.queries.choices import paused_until, recent_decisions, stopped_address
from community.notifications.queries.digests import digest_choice_of, digest_now
from community.notifications.queries.inbox import View, inbox_page
from community.notifications.queries.shown import make_words
from community.notifications.stops import Stop, read_stop
from community.web import done

UNDO_SALT = "porchlight.notifications.undo"
UNDO_SECONDS = 3600


@allow(Who.MEMBER, "GET")
def inbox(request: HttpRequest) -> HttpResponse:
    """What a member was told, newest first."""
    shown = request.GET.get("show", "")
    view = View(shown) if shown in list(View) else View.ALL
    page = inbox_page(actor_of(request), view, request.GET.get("after", "")[:200])
    context = {"page": page, "undo": request.GET.get("undo", "")[:200]}
    return render(request, "community/notifications/inbox.html", context)


@allow(Who.MEMBER, "POST")
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    actor = actor_of(request)
    notice = actions.open_notice(actor=actor, pk=pk)
    words = make_words([notice], actor).get(notice.pk)
    if words is None:
        messages.info(request, _("What this was about can no longer be seen."))
    return HttpResponseRedirect(words.url if words else reverse("notice_list"))


@allow(Who.MEMBER, "POST")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read; the next page offers to undo it."""
    moment = actions.mark_all_read(actor=actor_of(request))
    undo = signing.dumps(moment.isoformat(), salt=UNDO_SALT)
    return HttpResponseRedirect(f"{reverse('notice_list')}?undo={undo}")


@allow(Who.MEMBER, "POST")
def unread_all(request: HttpRequest) -> HttpResponse:
    """Undo marking everything as read."""
    try:
        text = signing.loads(request.POST.get("undo", ""), salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise NotFound() from error
    actions.undo_mark_all_read(actor=actor_of(request), moment=dt.datetime.fromisoformat(text))
    return HttpResponseRedirect(reverse("notice_list"))


@allow(Who.MEMBER, "POST")
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop or resume news about the thread of a notice."""
    muted = request.POST.get("muted", "1") == "1"
    actions.mute_thread(actor=actor_of(request), pk=pk, muted=muted)
    said = _("No more news about this thread.") if muted else _("You hear about this thread again.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("notice_list"))


@allow(Who.MEMBER, "GET")
def bell(request: HttpRequest) -> HttpResponse:
    """Say how many notices wait: an event for the page that asks when live news do not come."""
    response = HttpResponse(status=204)
    response["HX-Trigger"] = json.dumps({"notices": {"count": actor_of(request).unread_notices}})
    return response


@allow(Who.MEMBER, "GET", "POST")
def choices(request: HttpRequest) -> HttpResponse:
    """Choose what to hear, and how; see what was sent and why."""
    actor = actor_of(request)
    form = ChoicesForm(request.POST if request.method == "POST" else None, member=actor)
    if request.method == "POST" and form.is_valid():
        actions.save_choices(actor=actor, chosen=form.chosen)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("notice_choices"))
    return _choices_page(request, actor, form=form)


@allow(Who.MEMBER, "POST")
def digest(request: HttpRequest) -> HttpResponse:
    """Choose how often the digest comes, on which day and at which hour."""
    actor = actor_of(request)
    form = DigestForm(request.POST, now=digest_choice_of(actor))
    if not form.is_valid():
        return _choices_page(request, actor, digest_form=form)
    actions.choose_digest(actor=actor, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(f"{reverse('notice_choices')}#digest")


def _choices_page(
    request: HttpRequest,
    actor: Member,
    *,
    form: ChoicesForm | None = None,
    digest_form: DigestForm | None = None,
) -> HttpResponse:
    choice = digest_choice_of(actor)
    shown = form or ChoicesForm(member=actor)
    digest_shown = digest_form or DigestForm(now=choice)
    context = {
        "form": shown,
        "digest_form": digest_shown,
        "digest": choice,
        "paused_until": paused_until(actor),
        "stopped": stopped_address(actor),
        "decisions": recent_decisions(actor),
        "push": push_box(actor),
        "pause_days": limits.PAUSE(),
        "mails": limits.COMMUNITY_MAILS(),
        "night": (f"{limits.QUIET_FROM():02}:00", f"{limits.QUIET_UNTIL():02}:00"),
    }
    status = 422 if shown.errors or digest_shown.errors else 200
    return render(request, "community/notifications/choices.html", context, status=status)


@allow(Who.MEMBER, "GET")
def digest_preview(request: HttpRequest) -> HttpResponse:
    """Show what would be in the digest now."""
    actor = actor_of(request)
    context = {"sections": digest_now(actor), "digest": digest_choice_of(actor)}
    return render(request, "community/notifications/digest.html", context)


@allow(Who.MEMBER, "POST")
def resume_address(request: HttpRequest) -> HttpResponse:
    """Write to an address again that was left alone because mail came back."""
    actions.resume_address(actor=actor_of(request))
    messages.success(request, _("The next e-mail goes to you again."))
    return HttpResponseRedirect(reverse("notice_choices"))


@allow(Who.MEMBER, "POST")
def pause(request: HttpRequest) -> HttpResponse:
    """Send no e-mail for a week, or send it again."""
    actor = actor_of(request)
    if request.POST.get("on", "1") == "1":
        actions.pause(actor=actor)
    else:
        actions.end_pause(actor=actor)
    return HttpResponseRedirect(reverse("notice_choices"))


@allow(Who.MEMBER, "POST")
def push_on(request: HttpRequest) -> HttpResponse:
    """Turn notices on in the browser that asks."""
    actions.add_browser(
        actor=actor_of(request),
        endpoint=request.POST.get("endpoint", ""),
        p256dh=request.POST.get("p256dh", ""),
        auth=request.POST.get("auth", ""),
        user_agent=request.headers.get("User-Agent", ""),
        session_key=request.session.session_key or "",
    )
    return done(request, reverse("notice_choices"), _("Notices are on in this browser now."))


@allow(Who.MEMBER, "POST")
def push_off(request: HttpRequest) -> HttpResponse:
    """Turn notices off in the browser that asks."""
    actions.remove_this_browser(actor=actor_of(request), endpoint=request.POST.get("endpoint", ""))
    return done(request, reverse("notice_choices"), _("Notices are off in this browser now."))


@allow(Who.MEMBER, "POST")
def push_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn notices off in one of the browsers of the list."""
    actions.remove_browser(actor=actor_of(request), pk=pk)
    return done(request, reverse("notice_choices"), _("That browser gets no more notices."))


@allow(Who.MEMBER, "POST")
def push_test(request: HttpRequest) -> HttpResponse:
    """Send a notice that says that notices work."""
    actions.send_test(actor=actor_of(request))
    return done(request, reverse("notice_choices"), _("A test is on its way. It takes a few seconds."))


@csrf_exempt
@allow(Who.GUEST, "GET", "POST")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop what an e-mail was about, without signing in. The signed link is the right to do so (RFC 8058).

    Opening the page changes nothing, because mail scanners open every link.
    """
    what = read_stop(token)
    done = ""
    if request.method == "POST":
        stopped = request.POST.get("undo") != "1"
        _apply(what, stopped=stopped)
        done = "stopped" if stopped else "resumed"
    context = {"stop": what, "token": token, "done": done}
    return render(request, "community/notifications/stop.html", context)


@csrf_exempt
@allow(Who.GUEST, "POST")
def inbound(request: HttpRequest) -> HttpResponse:
    """Take what the mail provider tells. The shared secret is the right to do so; without one, there is nothing here."""
    secret = settings.INBOUND_WEBHOOK_SECRET
    given = request.headers.get("X-Porchlight-Secret", "")
    if not secret:
        raise NotFound()
    if not constant_time_compare(given, secret):
        return JsonResponse({"detail": "The secret is another one."}, status=403)
    try:
        event = json.loads(request.body)
        taken = take_event(event if isinstance(event, dict) else {})
    except (ValueError, RequestDataTooBig):
        return JsonResponse({"detail": "This is not JSON, or too much of it."}, status=400)
    except Invalid as refusal:
        return JsonResponse({"detail": refusal.message, "code": refusal.code}, status=422)
    return JsonResponse({"taken": taken}, status=202 if taken else 200)


def _apply(what: Stop, *, stopped: bool) -> None:
    if what.is_digest:
        actions.stop_digest(actor=what.member, stopped=stopped)
        return
    mute = what.kinds[0].mute
    if what.thread_id is not None and mute is not None:
        mute(what.member, what.thread_id, stopped)
        return
    for kind in what.kinds:
        if not kind.is_fixed:
            actions.stop_mail(actor=what.member, kind=kind, stopped=stopped)
