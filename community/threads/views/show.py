"""The thread page and what is fetched for it while it is open."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from community.access import Who, actor_of, allow, viewer_of
from community.brand.queries import current_brand
from community.brand.views import send_preview
from community.members.models import Member
from community.members.profiles.queries import unread_ids
from community.panels import panels_for
from community.threads import queries
from community.threads.actions import mark_read
from community.threads.drawing import Drawing
from community.threads.forms import ReplyForm
from community.threads.previewing import preview_of_thread, shared
from community.threads.queries import ThreadPage
from community.threads.queries.rows import thread_path
from community.threads.quoting import quote_of
from community.threads.standing import Standing, standing_of
from community.threads.structured import qa_page, short_answer
from community.threads.view_counter import count_view
from community.typed import trap_fields
from community.web import SeeOther, guest_cacheable, is_fragment, token_field


@allow(Who.GUEST, "GET")
@guest_cacheable
def show(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show a page of a thread; an address with other words leads to the present ones."""
    viewer = viewer_of(request)
    by_help = request.GET.get("sort") == "helpful"
    after = request.GET.get("after", "")
    if by_help:
        page = queries.thread_page_by_help(viewer, pk, after=queries.read_cursor(after))
    else:
        page = queries.thread_page(viewer, pk, after=queries.read_position(after))
    if page.thread.pk != pk:
        # Merged: not for good, because it can be taken back.
        return SeeOther(page.thread.path)
    if request.path != page.thread.path:
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(page.thread.path + (f"?{query}" if query else ""))
    if 0 < page.last_shown == page.after <= page.thread.last_position and not by_help:
        # What stood here was split off or deleted: on to what is there.
        last = queries.last_place(viewer, page.thread)
        if 0 < last <= page.after:
            start = queries.page_start(last)
            return SeeOther(f"{page.thread.path}{f'?after={start}' if start else ''}")
    count_view(pk)
    response = render(request, "community/threads/show.html", show_context(request, viewer, page))
    # A page kept for guests goes on being counted.
    response.viewed_thread = pk  # type: ignore[attr-defined]
    return response


def show_context(
    request: HttpRequest, viewer: Member | None, page: ThreadPage, form: ReplyForm | None = None
) -> dict[str, Any]:
    """Return what the template of the thread page needs. `form` is a reply that needs another look."""
    can = standing_of(viewer, page.thread)
    reply_to, short = _reply_to(request, page), short_answer(page)
    return {
        "page": page,
        "can": can,
        "draw": drawing_for(request, page.thread, can),
        "form": form or (_form_for(request, viewer, page, reply_to) if viewer is not None else _no_form()),
        "reply_to": reply_to,
        "short": short,
        "data": qa_page(request, page) if viewer is None else "",
        "shared": shared(request, page, short) if viewer is None else None,
        "panels": panels_for("thread", request, page.thread),
    }


def _form_for(
    request: HttpRequest, viewer: Member, page: ThreadPage, reply_to: queries.PostRow | None
) -> ReplyForm:
    body = page.thread.draft
    wanted = request.GET.get("quote", "")
    if wanted and any(str(row.pk) == wanted for row in page.rows()):
        quoted = quote_of(queries.get_post_for(viewer, int(wanted)))
        # Asked for again, it is there already.
        body = body if quoted.strip() in body else f"{body.rstrip()}\n\n{quoted}".lstrip()
    form = ReplyForm(initial={"reply_to": reply_to.pk if reply_to else None, "body": body})
    form.traps = trap_fields(viewer)
    return form


@cache
def _no_form() -> ReplyForm:
    """For guests, who write nothing: the page asks it for errors and finds none."""
    return ReplyForm()


def drawing_for(request: HttpRequest, head: queries.ThreadHead, can: Standing) -> Drawing:
    """Return what draws posts for the viewer; guests get no token, so that their pages can be kept."""
    if can.viewer is None:
        return Drawing(head, can)
    return Drawing(head, can, str(token_field(request)), unread_ids(can.viewer))


def _reply_to(request: HttpRequest, page: ThreadPage) -> queries.PostRow | None:
    wanted = request.POST.get("reply_to") or request.GET.get("reply_to", "")
    return next((row for row in page.rows() if str(row.pk) == wanted), None)


@allow(Who.GUEST, "GET")
def preview(request: HttpRequest, pk: int, hash: str) -> HttpResponse:
    """Send the picture other sites show for a link to a thread that everyone may read."""
    thread, brand = queries.thread_head(None, pk), current_brand()
    return send_preview(preview_of_thread(brand, thread), brand, hash)


@allow(Who.GUEST, "GET")
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how many replies of others came after a position; nothing when there are none."""
    viewer = viewer_of(request)
    head = queries.thread_head(viewer, pk)
    position = queries.read_position(request.GET.get("after", ""))
    count = queries.count_after(viewer, head, position) if position < head.last_position else 0
    if not count:
        return HttpResponse(status=204)
    context = {"thread": head, "count": count, "after": position}
    return render(request, "community/threads/_news.html", context)


@allow(Who.GUEST, "GET")
def posts(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the posts after a position, for the button that shows new replies; without htmx, the page with them."""
    viewer = viewer_of(request)
    head = queries.thread_head(viewer, pk)
    position = queries.read_position(request.GET.get("after", ""))
    if not is_fragment(request):
        return SeeOther(f"{head.path}?after={queries.page_start(position + 1)}#new")
    rows = queries.posts_after(viewer, head, position)
    for row in rows:
        row.is_new = True
    can = standing_of(viewer, head)
    context = {
        "rows": rows,
        "thread": head,
        "can": can,
        "draw": drawing_for(request, head, can),
        "seen": rows[-1].position if rows else position,
    }
    return render(request, "community/threads/_posts_after.html", context)


@allow(Who.GUEST, "GET")
@guest_cacheable
def close_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Send links to threads that read like this one."""
    viewer = viewer_of(request)
    head = queries.thread_head(viewer, pk)
    found = queries.threads_like(viewer, head.title, but=head.pk)
    return render(request, "community/threads/_close_to.html", {"found": found, "thread": head})


@allow(Who.MEMBER, "POST")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how far the member has read. Sent by the page while reading; only ever moves forward."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    position, seconds = (
        queries.read_position(request.POST.get(name, "")) for name in ("position", "seconds")
    )
    mark_read(actor=actor, thread=thread, position=position, seconds=seconds)
    if "quiet" in request.POST:
        return HttpResponse(status=204)
    return SeeOther(
        f"{thread_path(thread.pk, thread.title)}?after={queries.page_start(thread.last_position)}"
    )
