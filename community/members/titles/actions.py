"""Choosing a title, and taking it off when what gave it is gone."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import values_of
from community.activity.record import record
from community.errors import Invalid
from community.members import limits
from community.members.models import Group, Member
from community.members.permissions import can_edit_profile
from community.members.profile_changes import profile_change
from community.members.titles.sources import Title, group_key, titles_of
from community.members.verbs import PROFILE_CHANGED


@transaction.atomic
def choose_title(*, actor: Member, member: Member, key: str) -> Member:
    """Show one of the titles `member` holds beside their name, or none with an empty key.

    Raises `Refused`, `RateLimited` or `Invalid`; then nothing changed.
    """
    can_edit_profile(actor, member).require()
    limits.EDIT_PROFILE.spend(actor)
    held = Member.objects.get_queryset().select_for_update(no_key=True).get(pk=member.pk)
    chosen = next((title for title in titles_of(held) if title.key == key), None) if key else Title("", "")
    if chosen is None:
        sentence = _("Choose one of the options.")
        raise Invalid("title_not_held", sentence, fields={"title": sentence})
    _write(actor, held, chosen)
    member.title, member.title_from = held.title, held.title_from
    return held


@transaction.atomic
def settle_title(*, member_id: int) -> bool:
    """Take the title off whoever no longer holds it. Returns whether it was taken off."""
    rows = Member.objects.get_queryset().select_for_update(no_key=True)
    held = rows.filter(pk=member_id).exclude(title_from="").first()
    if held is None or any(title.key == held.title_from for title in titles_of(held)):
        return False
    _write(None, held, Title("", ""))
    return True


@transaction.atomic
def settle_titles_of_group(*, group_id: int) -> int:
    """Let everyone who shows the title of a group show it as it reads now, or no longer. Returns how many that are."""
    words = Group.objects.filter(pk=group_id).values_list("title", flat=True).first() or ""
    return settle_shown_titles(key=group_key(group_id), words=words)


@transaction.atomic
def settle_shown_titles(*, key: str, words: str) -> int:
    """Let everyone who shows what `key` gives show these words, or nothing without any. Returns how many that are."""
    showing = Member.objects.get_queryset().filter(title_from=key).exclude(title=words)
    return showing.update(title=words, title_from=key if words else "")


def _write(actor: Member | None, member: Member, title: Title) -> None:
    if (member.title_from, member.title) == (title.key, title.words):
        return
    before = values_of(member, ["title"])
    member.title_from, member.title = title
    member.save(update_fields=["title_from", "title"])
    record(
        PROFILE_CHANGED, actor=actor, target=member, payload=profile_change(actor, before, member, ["title"])
    )
