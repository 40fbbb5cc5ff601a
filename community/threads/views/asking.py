"""What a space asks: shown while one composes, and answered anew afterwards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Invalid, NotFound, RateLimited, Refused
from community.spaces.asking.answers import PREFIX
from community.spaces.asking.queries import fields_of
from community.spaces.queries import get_space_for
from community.threads import actions, permissions, queries
from community.threads.asked_forms import DetailsForm, typed_into
from community.threads.forms import add_refusal
from community.threads.models import Post
from community.threads.queries.rows import thread_path
from community.web import done


@allow(Who.MEMBER, "GET")
def asked(request: HttpRequest) -> HttpResponse:
    """Send the fields of a space while a thread is being composed."""
    slug = request.GET.get("space", "")
    space = get_space_for(actor_of(request), slug) if slug else None
    asks = space is not None and space.asks
    fields = fields_of(space) if space is not None and asks else []
    context = {"form": DetailsForm(fields=fields), "asks": asks, "asked": fields}
    return render(request, "community/threads/_asked.html", context)


@allow(Who.MEMBER, "GET", "POST")
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer anew what the space of a thread asks."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    first = Post.objects.select_related("thread__space").filter(thread=thread, position=1).first()
    if first is None or not thread.space.asks:
        raise NotFound()
    permissions.can_retitle(actor, first).require()
    fields = fields_of(thread.space)
    known = {PREFIX + key: value for key, value in (thread.details or {}).items()}
    form = DetailsForm(request.POST if request.method == "POST" else None, fields=fields, initial=known)
    path = thread_path(thread.pk, thread.title)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_details(actor=actor, thread=thread, details=typed_into(form.cleaned_data))
        except (Invalid, RateLimited, Refused) as refusal:
            add_refusal(form, refusal)
        else:
            return done(request, path, _("Your answers are kept."))
    context = {"form": form, "asked": fields, "thread": thread, "path": path}
    return render(request, "community/threads/details.html", context, status=422 if form.errors else 200)
