"""No canary is heard outside its audience: on no page, in no feed, search, letter, answer of the API or notice."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from community.members.models import Member
from community.moderation.members_desk.actions import begin_seeing_as, end_seeing_as
from community.moderation.members_desk.views import SEEING
from community.notifications.mail.sending import send_due
from community.notifications.models import Notice, OutboundMail
from tests.access.world import BACKEND
from tests.canary.garden import Planted
from tests.canary.rounds import addresses, narrowings, text_of

VISITORS = ("guest", "bob", "mallory")


def browser_of(planted: Planted, who: str) -> Client:
    client = Client(raise_request_exception=True)
    if planted.people[who] is not None:
        client.force_login(planted.people[who], backend=BACKEND)
    return client


def listen(planted: Planted, client: Client, who: str, round_: list[str], **headers: Any) -> list[str]:
    leaks = []
    for address in round_:
        answer = client.get(address, **headers)
        for where in sorted(planted.garden.heard(text_of(answer), who, asked=address)):
            leaks.append(f"{address} ({answer.status_code}) tells {who}: {where}")
    return leaks


def test_no_page_and_no_fragment_tells_what_is_not_for_its_reader(planted: Planted) -> None:
    round_ = list(addresses(planted))
    leaks = [leak for who in VISITORS for leak in listen(planted, browser_of(planted, who), who, round_)]
    pages = [address for address in round_ if not address.startswith("/api/")]
    leaks += listen(planted, browser_of(planted, "bob"), "bob", pages, headers={"HX-Request": "true"})

    assert len(round_) > 150
    assert leaks == []


def test_no_key_of_an_outsider_opens_more(planted: Planted) -> None:
    round_ = [address for address in addresses(planted) if address.startswith("/api/")]
    client = Client(headers={"Authorization": f"Bearer {planted.key}"})

    assert len(round_) > 40
    assert listen(planted, client, "bob", round_) == []


def test_moderators_hear_what_they_decide_about_and_nothing_of_rooms_they_are_not_in(
    planted: Planted,
) -> None:
    assert listen(planted, browser_of(planted, "mod"), "mod", list(addresses(planted))) == []


def test_the_admin_tells_moderators_no_more(planted: Planted) -> None:
    from django.contrib import admin
    from django.urls import reverse

    client, leaks = browser_of(planted, "mod"), []
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label_lower):
        meta = model._meta
        round_ = [reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")]
        for row in model._default_manager.order_by("-pk")[:12]:
            round_.append(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk]))
        leaks += listen(planted, client, "mod", round_)

    assert leaks == []


def test_no_letter_tells_what_its_reader_may_not_see(planted: Planted) -> None:
    """Bob was sent away while letters about the private space waited; none of them may leave."""
    assert OutboundMail.objects.exists()
    for _again in range(5):
        send_due(at_most=1000)

    people = {person.email: name for name, person in planted.people.items() if person is not None}
    leaks = []
    for row in OutboundMail.objects.select_related("member"):
        who = name_of(planted, row.member)
        heard = planted.garden.heard(f"{row.subject} {row.html} {row.text}", who, asked=row.to)
        leaks += [f"{row.kind} to {who}: {where}" for where in heard]
    for letter in mail.outbox:
        who = people.get(bare(letter.to[0]), "guest")
        said = letter.message().as_string()
        leaks += [
            f"letter to {who}: {where}" for where in planted.garden.heard(said, who, asked=letter.to[0])
        ]
    assert leaks == []


def bare(address: str) -> str:
    return address.rpartition("<")[2].rstrip(">")


def name_of(planted: Planted, member: Member) -> str:
    return next(name for name, person in planted.people.items() if person == member)


def test_notices_about_a_room_are_silent_for_who_was_sent_away(planted: Planted) -> None:
    bob = planted.people["bob"]
    assert Notice.objects.filter(member=bob, is_hidden=True).exists()
    bob.refresh_from_db()

    assert bob.unread_notices == Notice.objects.of(bob).unread().count()
    assert listen(planted, browser_of(planted, "bob"), "bob", ["/notifications/", "/api/v1/me/notices"]) == []


def test_those_inside_do_hear_them_so_that_the_ear_works(planted: Planted) -> None:
    heard: set[str] = set()
    client = browser_of(planted, "carol")
    for address in addresses(planted):
        heard |= planted.garden.heard(text_of(client.get(address)), "nobody", asked=address)

    inside = {
        "name of a private space",
        "description of a private space",
        "title of a private thread",
        "tag of a private thread",
        "body of a private post",
        "private reply",
        "a direct message",
        "title of a conversation",
        "a message after somebody left",
        "name of a room by invitation",
        "what a room by invitation is about",
        "said in a room after somebody left",
        "name of a room of a private space",
        "said in a room of a private space",
    }
    assert inside <= heard


def test_looking_as_a_member_tells_nothing_of_their_own_business(planted: Planted) -> None:
    """Drafts and messages are nobody else's, whoever is looked as: pages are drawn, their own words are not on them."""
    seeing = begin_seeing_as(
        actor=planted.people["admin"], member=planted.people["alice"], reason="A page looks wrong"
    )
    client = browser_of(planted, "admin")
    session = client.session
    session[SEEING] = seeing.pk
    session.save()
    pages = [address for address in addresses(planted) if not address.startswith(("/api/", "/messages/"))]

    assert listen(planted, client, "admin", [*pages, "/messages/", "/api/v1/me/drafts"]) == []
    assert b"You see this as" in client.get("/").content
    end_seeing_as(actor=planted.people["admin"])


def test_narrowing_by_what_one_may_not_read_finds_the_same_people(planted: Planted) -> None:
    """A filter that is not for its reader narrows nothing: the difference would tell who is behind it."""
    for who in VISITORS:
        client = browser_of(planted, who)
        for place in ("/people/?", "/api/v1/members?"):
            whole = people_in(client.get(place))
            for asked in narrowings(planted):
                if asked.startswith(("group", "seen_by", "field", "trust", "sort=email")):
                    found = people_in(client.get(place + asked))
                    assert found in (whole, set()), f"{place}{asked} for {who}"


def people_in(answer: Any) -> set[str]:
    """The handles on a page of people; nobody on one that was refused."""
    return (
        set(re.findall(r'(?:/@|"handle": ?")([a-z0-9_-]+)', answer.content.decode()))
        if answer.status_code == 200
        else set()
    )
