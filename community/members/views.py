"""Profiles, the directory, and a member's own settings."""

import json
from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.addresses import network_of
from community.errors import DomainError, NotFound
from community.limits import spend_as_reader
from community.members import actions, limits, queries
from community.members.addresses import handle_now
from community.members.directory import queries as directory
from community.members.directory.ways import all_ways
from community.members.forms import AppearanceForm, PrivacyForm, ProfileForm
from community.members.profiles.actions import remove_banner, set_banner
from community.members.profiles.queries import banner_of, ignored_by
from community.members.titles.sources import titles_of
from community.panels import panels_for
from community.web import back_or, done
from community.writing.lines import one_line


@allow(Who.GUEST, "GET")
def show(request: HttpRequest, handle: str) -> HttpResponse:
    """A member's profile; upper features add what they did and earned."""
    try:
        page = queries.get_profile_for(viewer_of(request), handle)
    except NotFound:
        if (now := handle_now(handle)) is None:
            raise
        return HttpResponsePermanentRedirect(reverse("member", args=[now]))
    context = {
        "page": page,
        "acts": panels_for("profile_acts", request, page.member),
        "sections": panels_for("profile_main", request, page.member) if page.is_open else [],
        "panels": panels_for("profile", request, page.member) if page.is_open else [],
    }
    return render(request, "community/members/show.html", context)


@allow(Who.MEMBER, "GET")
def me(request: HttpRequest) -> HttpResponse:
    """Send a member to their own profile."""
    return HttpResponseRedirect(actor_of(request).get_absolute_url())


@allow(Who.GUEST, "GET")
def people(request: HttpRequest) -> HttpResponse:
    """The directory."""
    asked, viewer = request.GET, viewer_of(request)
    words = one_line(asked.get("q", "")[:80])
    if words:
        spend_as_reader(limits.FIND, viewer, network_of(request), limits.FIND_AS_GUEST)
    fields = directory.filters_for(viewer)
    narrowing = directory.Narrowing(
        words=words,
        place=one_line(asked.get("place", "")[:60]),
        tier=asked.get("tier", "")[:30].replace("\x00", ""),
        team=asked.get("team") == "1",
        group=asked.get("group", "")[:60].replace("\x00", ""),
        trust=int(asked["trust"]) if asked.get("trust", "") in tuple("01234") else None,
        answers={f.key: asked[f.key] for f in fields if asked.get(f.key) in f.choices},
        ways={way.name: one_line(asked.get(f"by-{way.name}", "")[:60]) for way in all_ways()},
    )
    groups = directory.groups_for(viewer)
    page = directory.list_people(
        viewer, narrowing, sort=asked.get("sort", ""), after=asked.get("after", "")[:120], groups=groups
    )
    kept = QueryDict(mutable=True)
    kept.update(
        {name: str(value) for name, value in asked.items() if name not in ("sort", "after") and value}
    )
    context = {
        "page": page,
        "fields": fields,
        "groups": groups,
        "ways": [(way, way.choices(viewer)) for way in all_ways()],
        "kept": kept.urlencode(),
        "is_staff": viewer is not None and viewer.is_at_least("moderator"),
    }
    return render(request, "community/members/list.html", context)


@allow(Who.MEMBER, "POST")
def follow(request: HttpRequest, handle: str) -> HttpResponse:
    """Begin or stop following a member; `on` says which."""
    actor = actor_of(request)
    member = queries.get_member_for(actor, handle)
    if request.POST.get("on") == "1":
        actions.follow_member(actor=actor, member=member)
        said = _("You follow %(name)s now.") % {"name": member.name}
    else:
        actions.unfollow_member(actor=actor, member=member)
        said = _("You no longer follow %(name)s.") % {"name": member.name}
    if request.headers.get("HX-Request"):
        page = queries.get_profile_for(actor, handle)
        response = render(request, "community/members/_follow.html", {"page": page})
        response["HX-Trigger"] = json.dumps({"say": said})
        return response
    messages.success(request, said)
    return HttpResponseRedirect(member.get_absolute_url())


@allow(Who.MEMBER, "POST")
def block(request: HttpRequest, handle: str) -> HttpResponse:
    """Block a member, or let them reach one again; `on` says which."""
    actor = actor_of(request)
    member = queries.get_member_for(actor, handle)
    if request.POST.get("on") == "1":
        actions.block_member(actor=actor, member=member)
        said = _("You hear nothing of %(name)s any more. They are not told.") % {"name": member.name}
    else:
        actions.unblock_member(actor=actor, member=member)
        said = _("%(name)s can reach you again.") % {"name": member.name}
    return done(request, back_or(request, member.get_absolute_url()), said)


@allow(Who.MEMBER, "GET")
def settings(request: HttpRequest) -> HttpResponse:
    """The settings begin with the profile."""
    return HttpResponseRedirect(reverse("settings_profile"))


@allow(Who.MEMBER, "GET", "POST")
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Name, picture, about."""
    actor = actor_of(request)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=_copy(actor))
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.Meta.fields}
        if request.POST.get("act") == "remove-banner":
            remove_banner(actor=actor, member=actor)
            return done(request, reverse("settings_profile"), _("Your banner is gone."))
        return _save(request, form, changes, "settings_profile")
    return _form_page(request, form, "profile")


@allow(Who.MEMBER, "GET", "POST")
def edit_privacy(request: HttpRequest) -> HttpResponse:
    """What others see."""
    form = PrivacyForm(request.POST if request.method == "POST" else None, instance=_copy(actor_of(request)))
    if request.method == "POST" and form.is_valid():
        return _save(request, form, form.cleaned_data, "settings_privacy")
    return _form_page(request, form, "privacy")


@allow(Who.MEMBER, "GET", "POST")
def edit_appearance(request: HttpRequest) -> HttpResponse:
    """Look, language, clock."""
    form = AppearanceForm(request.POST or None, instance=_copy(actor_of(request)))
    if request.method == "POST" and form.is_valid():
        # The answer to the choice is already in the language chosen.
        with override(form.cleaned_data.get("language") or get_language_from_request(request)):
            response = _save(request, form, form.cleaned_data, "settings_appearance")
        # This browser's own choice would hide the one just made.
        response.delete_cookie("look")
        return response
    return _form_page(request, form, "appearance")


@allow(Who.MEMBER, "GET")
def account(request: HttpRequest) -> HttpResponse:
    """Where to change e-mail, password, second factor and sessions."""
    return render(request, "community/members/settings_account.html", {"current": "account"})


def _copy(actor: Any) -> Any:
    """Return the stored row, because a form writes what was typed into its instance even when it is not saved."""
    return type(actor).objects.get(pk=actor.pk)


def _save(request: HttpRequest, form: ModelForm, changes: dict[str, Any], back: str) -> HttpResponse:
    from community.writing.actions import add_image

    actor, beside_file = actor_of(request), None
    try:
        for name in ("banner", "picture"):
            file = form.cleaned_data.get(name)
            beside_file = name if file else beside_file
            if file and name == "banner":
                set_banner(actor=actor, file=file)
            elif file:
                changes["avatar_url"] = add_image(actor=actor, file=file, kind="avatar").url_for("240")
        actions.edit_profile(actor=actor, member=actor, changes=changes)
    except DomainError as error:
        beside = next((name for name in error.fields if name in form.fields), beside_file)
        form.add_error(beside, error.message)
        return _form_page(request, form, back.removeprefix("settings_"))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse(back))


def _form_page(request: HttpRequest, form: ModelForm, current: str) -> HttpResponse:
    status = 422 if form.errors else 200
    context: dict[str, Any] = {"form": form, "current": current}
    if current == "privacy":
        context["sections"] = panels_for("settings_privacy", request)
        context["blocked"] = queries.blocked_by(actor_of(request))
        context["ignored"] = ignored_by(actor_of(request))
    if current == "profile":
        context["banner_url"] = banner_of(actor_of(request))
        context["titles"] = titles_of(actor_of(request))
    return render(request, f"community/members/settings_{current}.html", context, status=status)
