"""Groups that keep themselves: opening them once, and counting who is in them."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from community.activity.changes import changed_values
from community.activity.record import record
from community.members.groups.verbs import GROUP_CREATED
from community.members.models import Audience, Group, Member, Rule, level_of, people_by, words_for_rule

_SLUGS = {Rule.TEAM: "team", Rule.MODERATORS: "moderators"}


@transaction.atomic
def open_automatic_groups(*, actor: Member | None = None) -> int:
    """Make the automatic groups that are not there yet; every start asks. Returns how many were made.

    Whoever is signed in knows of them; who stands at which level only the team reads.
    """
    there = set(Group.objects.exclude(rule="").values_list("rule", flat=True))
    missing = [rule for rule in Rule if rule not in there]
    with override(settings.LANGUAGE_CODE):
        for rule in missing:
            _open(actor, rule)
    return len(missing)


def _open(actor: Member | None, rule: Rule) -> None:
    name, slug = _free(words_for_rule(rule), _SLUGS.get(rule, f"level-{level_of(rule)}"))
    group = Group.objects.create(
        rule=rule,
        name=name,
        slug=slug,
        visibility=Audience.MEMBERS,
        members_visibility=Audience.STAFF if level_of(rule) else Audience.MEMBERS,
        member_count=people_by(rule).count(),
    )
    record(
        GROUP_CREATED,
        actor=actor,
        target=group,
        payload={"name": name, **changed_values({}, group, ["rule"])},
    )


def _free(name: str, slug: str) -> tuple[str, str]:
    """Return a name and an address that nobody has: a group or a member may have been quicker."""
    turn = 1
    while Group.objects.filter(name=_nth(name, turn)).exists() or _is_taken(_nth(slug, turn, "-")):
        turn += 1
    return _nth(name, turn), _nth(slug, turn, "-")


def _nth(words: str, turn: int, between: str = " ") -> str:
    return words if turn == 1 else f"{words}{between}{turn}"


def _is_taken(slug: str) -> bool:
    member = Member.objects.get_queryset().with_handle(slug)
    return member.exists() or Group.objects.filter(slug=slug).exists()
