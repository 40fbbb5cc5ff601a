"""Visiting every address of the site with everything that exists in its places."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from community.brand.queries import current_brand, theme_of
from community.members.models import Admission, Group, Invitation, InvitationBatch, Member, ProfileField
from community.messages.models import Conversation, Message
from community.moderation.models import CannedReason, Case, Held, Penalty, WatchedWord
from community.notifications.models import Notice
from community.spaces.models import Space, Tag
from community.threads.models import Post, Thread
from community.writing.models import Upload
from config.access import list_routes
from rewards.badges.models import Badge
from tests.access.world import PLACE, plain
from tests.canary.garden import Planted

# Django's and allauth's: they show nothing of the community, except the admin, which has a round of its own.
FOREIGN = ("/admin/", "/account/", "/sign-", "/join/")
QUERIES = ("", "?after=0", "?sort=helpful", "?sort=top", "?sort=unanswered", "?format=json")


def everything() -> dict[tuple[str, str], list[Any]]:
    """By beginning of an address and name of a place: all that exists for it, seen or unseen."""
    threads = list(Thread.objects.values_list("pk", flat=True))
    posts = list(Post.objects.values_list("pk", flat=True))
    notices = list(Notice.objects.values_list("pk", flat=True))
    spaces = list(Space.objects.values_list("slug", flat=True))
    handles = list(Member.objects.get_queryset().values_list("handle", flat=True))
    talks = list(Conversation.objects.values_list("pk", flat=True))
    messages = list(Message.objects.values_list("pk", flat=True))
    tags = set(Tag.objects.values_list("slug", flat=True)) | {
        tag for row in Thread.objects.values_list("tags", flat=True) for tag in row
    }
    return {
        ("/t/", "pk"): threads,
        ("/t/", "slug"): ["words"],
        ("/api/v1/threads/", "pk"): threads,
        ("/p/", "pk"): posts,
        ("/api/v1/posts/", "pk"): posts,
        ("/notifications/", "pk"): notices,
        ("/api/v1/me/notices/", "pk"): notices,
        ("/messages/said/", "pk"): messages,
        ("/messages/", "pk"): talks,
        ("/api/v1/conversations/", "pk"): talks,
        ("/api/v1/messages/", "pk"): messages,
        ("/rooms/", "pk"): talks,
        ("/api/v1/rooms/", "pk"): talks,
        ("/badges/", "key"): list(Badge.objects.values_list("key", flat=True)[:3]),
        ("/api/v1/badges/", "key"): list(Badge.objects.values_list("key", flat=True)[:3]),
        ("/api/v1/moderation/cases/", "pk"): list(Case.objects.values_list("pk", flat=True)),
        ("/api/v1/moderation/penalties/", "pk"): numbers(Penalty),
        ("/api/v1/moderation/reasons/", "pk"): numbers(CannedReason),
        ("/api/v1/moderation/words/", "pk"): numbers(WatchedWord),
        ("/appeals/case/", "pk"): numbers(Case),
        ("/appeals/penalty/", "pk"): numbers(Penalty),
        ("/waiting/", "pk"): numbers(Held),
        ("/api/v1/me/held/", "pk"): numbers(Held),
        ("/api/v1/invitations/", "pk"): numbers(Invitation),
        ("/api/v1/invitation-batches/", "pk"): numbers(InvitationBatch),
        ("/api/v1/admissions/", "pk"): numbers(Admission),
        ("/api/v1/profile-fields/", "key"): list(ProfileField.objects.values_list("key", flat=True)),
        ("/g/", "slug"): list(Group.objects.values_list("slug", flat=True)),
        ("/api/v1/groups/", "slug"): list(Group.objects.values_list("slug", flat=True)),
        ("/g/", "handle"): ["carol"],
        ("/api/v1/groups/", "handle"): ["carol"],
        ("/@", "handle"): handles,
        ("/api/v1/members/", "handle"): handles,
        ("/s/", "slug"): spaces,
        ("/api/v1/spaces/", "slug"): spaces,
        ("/tags/", "slug"): sorted(tags),
        ("/^files", "key"): list(Upload.objects.values_list("key", flat=True)),
        ("/^files", "size"): sorted(
            {size for row in Upload.objects.values_list("variants", flat=True) for size in row}
        ),
        ("/^theme", "hash"): [theme_of(current_brand()).hash],
    }


def numbers(model: Any) -> list[int]:
    """The keys of all rows of a model."""
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def addresses(planted: Planted) -> Iterator[str]:
    """Every address that can be read, with everything that exists in its places, and every search that could find it."""
    known = everything()
    for route in list_routes():
        if "GET" not in route.methods or route.path.startswith(FOREIGN):
            continue
        names = [match[1] or match[2] for match in PLACE.finditer(route.path)]
        choices = [values_for(known, route.path, name) for name in names]
        for values in product(*choices):
            address = fill(route.path, values)
            yield from (address + query for query in (QUERIES if is_a_list(address) else QUERIES[:1]))
    yield from searches(planted)


def fill(path: str, values: tuple[Any, ...]) -> str:
    filling = iter(values)
    return plain(PLACE.sub(lambda _match: str(next(filling)), path))


def values_for(known: dict[tuple[str, str], list[Any]], path: str, name: str) -> list[Any]:
    for (start, place), values in known.items():
        if path.startswith(start) and place == name:
            return values
    return ["helpful" if name == "kind" else 1]


def is_a_list(address: str) -> bool:
    return (
        address in ("/", "/api/v1/threads", "/people/")
        or address.startswith("/s/")
        or address.count("/") == 4
    )


def searches(planted: Planted) -> Iterator[str]:
    """By the words beside the canaries, and by the canaries' own first letters, as one types them."""
    for place in (
        "/search/?q=",
        "/search/suggest/?q=",
        "/api/v1/search?q=",
        "/api/v1/search/members?q=",
        "/people/?q=",
        "/messages/?q=",
    ):
        yield from (f"{place}{words}" for words in (planted.bait, "leaks", "cheap"))
    # As one types them: the first letters alone must not bring up the rest.
    for number, word in enumerate(planted.garden.planted):
        yield ("/search/?q=", "/search/suggest/?q=", "/api/v1/search?q=")[number % 3] + word[:9]
    for place in ("/people/?", "/api/v1/members?"):
        yield from (f"{place}{asked}" for asked in narrowings(planted))
    yield f"/new/similar/?title={planted.bait}+{planted.garden.word('title of a private thread')[:9]}"


def narrowings(planted: Planted) -> Iterator[str]:
    """Everything by which people are found: the difference between two answers would tell as much as the words."""
    inside, answer = planted.garden.word("address of a secret group"), planted.garden.word("answer for staff")
    yield from (
        f"group={inside}",
        f"groups={inside}",
        f"seen_by_staff={answer}",
        f"field.seen_by_staff={answer}",
    )
    yield from (
        f"place={planted.garden.word('place of a profile kept to oneself')[:9]}",
        "trust=0",
        "sort=email",
        "tier=sealed",
    )


def text_of(answer: Any) -> str:
    """Everything an answer says: headers and body."""
    said = "\n".join(f"{name}: {value}" for name, value in answer.items())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return said + "\n" + body.decode("utf-8", "replace")
