"""What the world of these tests holds of features that came later: for each address something that all may see, and something that two alone may."""

from django.utils import timezone

from community.integrations.webhooks.actions import add_endpoint, send_test
from community.members.groups.actions import add_to_group, ask_to_join, create_group, set_owner
from community.members.models import Member
from community.threads.models import Post
from rewards.intake.actions import link_customer, take_event
from rewards.intake.checking import Sent
from rewards.praise.models import Named, Praise, PraiseKind, ShoutOut
from tests.access.world import ABSENT, World


def fill_webhooks(world: World) -> None:
    """An endpoint of the manager's, and one of the administrator's that the manager does not know of."""
    made = []
    for who in ("manager", "admin"):
        values = {"url": "https://shop.example.org/hooks", "verbs": ["badge.awarded"]}
        endpoint, _secret = add_endpoint(actor=world.people[who], values=values)
        made.append((endpoint.pk, send_test(actor=world.people[who], endpoint=endpoint).pk))
    for start in ("/me/settings/webhooks/", "/api/v1/webhooks/"):
        world.add(start, "pk", *(endpoint for endpoint, _message in made), ABSENT)
        world.add(f"{start}messages/", "pk", *(message for _endpoint, message in made), ABSENT)


def fill_groups(world: World) -> None:
    """A group everyone sees, which Alice looks after and Dora wants to join; another that Carol alone knows of."""
    admin, alice, carol = (world.people[name] for name in ("admin", "alice", "carol"))
    values = {"name": "Walkers", "visibility": "everyone", "members_visibility": "everyone"}
    group = create_group(actor=admin, values={**values, "join_mode": "request"})
    add_to_group(actor=admin, group=group, member=alice)
    set_owner(actor=admin, group=group, member=alice, is_owner=True)
    ask_to_join(actor=Member.objects.get(handle="dora"), group=group, words="I walk.")
    hidden = create_group(actor=admin, values={"name": "Insiders"})
    add_to_group(actor=admin, group=hidden, member=carol)
    for start in ("/g/", "/api/v1/groups/"):
        world.add(start, "slug", group.slug, hidden.slug, "nowhere", staff_look=True)
        world.add(start, "handle", "dora", "departed-kim", "nobody-hereabouts", staff_look=True)


def fill_events(world: World) -> None:
    """An order of Alice's, told by the shop, and her customer number."""
    admin, alice = world.people["admin"], world.people["alice"]
    sent = Sent("shop", "1001", "order.placed", timezone.now(), "handle", "alice", 1_000, "EUR")
    told = take_event(actor=admin, sent=sent).event
    link_customer(actor=admin, member=alice, source="shop", number="C-1")
    world.add("/api/v1/events/", "pk", told.pk, None, ABSENT)
    world.add("/api/v1/event-types/", "key", "order.placed", None, "nothing.such")
    world.add("/api/v1/customers/", "source", "shop")
    world.add("/api/v1/customers/", "number", "C-1", None, "C-2")


def fill_thanks(world: World, answer: Post) -> None:
    """Thanks that all read, and thanks that two read alone; the same of shout-outs."""
    people, kind = world.people, PraiseKind.objects.get(key="helped")
    quiet = world.maker.member("quiet", show_thanks=False)
    words = {"kind": kind, "words": "You found the page that the manual left out."}
    shown = Praise.objects.create(giver=people["bob"], receiver=people["alice"], post=answer, **words)
    hidden = Praise.objects.create(giver=world.maker.member("thankful"), receiver=quiet, **words)
    for start in ("/thanks/", "/api/v1/thanks/"):
        world.add(start, "pk", shown.pk, hidden.pk, ABSENT)
    said = ShoutOut.objects.create(by=people["mod"], words="Thank you for the repair evening.")
    Named.objects.create(shout_out=said, member=people["alice"])
    kept = ShoutOut.objects.create(by=people["mod"], words="Thank you for the quiet work.")
    Named.objects.create(shout_out=kept, member=quiet)
    for start in ("/shout-outs/", "/api/v1/shout-outs/"):
        world.add(start, "pk", said.pk, kept.pk, ABSENT, staff_look=True)
