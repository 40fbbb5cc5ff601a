"""Spaces below spaces: one step deep, never open to more people than the one above, and never open below an archived one.

Nothing is inherited when somebody reads: each space says itself whom it lets in, so one look at it tells. These checks
keep the two in step when either is changed. People added to a space by hand are in that space alone.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from community.errors import Invalid
from community.spaces.audiences import reaches
from community.spaces.models import Access, Space

# Settings that decide where a space stands, who sees it, and whether it is open.
CONCERNED = frozenset({"parent", "access", "see_for", "is_listed", "is_archived"})
_OPENNESS = {Access.PUBLIC: 2, Access.MEMBERS: 1, Access.PRIVATE: 0}


def lock_all() -> None:
    """Hold all spaces still, in one order: two managers moving them at once must not make a circle."""
    list(Space.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def begin_below(space: Space, given: Iterable[str]) -> None:
    """Give a new space the reading rights of the one above, unless others were asked for."""
    if space.parent is not None and not {"access", "see_for", "is_listed"} & set(given):
        space.access, space.is_listed = space.parent.access, space.parent.is_listed
        space.see_for = list(space.parent.see_for)


def check_place(space: Space) -> None:
    """Look at a space as it would be, with the one above and those below. Raises `Invalid` with a sentence per field."""
    if space.parent_id is not None:
        above = Space.objects.get(pk=space.parent_id)
        _check_depth(space, above)
        if above.is_archived and not space.is_archived:
            sentence = _("“%(name)s” is archived. Choose one that is open.") % {"name": above.name}
            raise Invalid("space_above_archived", sentence, fields={"parent": sentence})
        wrong = _too_open(space, above)
        if wrong:
            raise Invalid("space_wider_than_above", _("Some fields need another look."), fields=wrong)
    below = Space.objects.filter(parent=space.pk) if space.pk else ()
    for child in below:
        if space.is_archived and not child.is_archived:
            sentence = _("“%(name)s” stands below it. Archive that one first, or move it away.") % {
                "name": child.name
            }
            raise Invalid("space_below_open", sentence, fields={"is_archived": sentence})
        if wrong := _too_open(child, space):
            text = _("“%(name)s” stands below it and is open to more people. Close that one first.")
            sentence = text % {"name": child.name}
            raise Invalid("space_wider_than_above", sentence, fields=dict.fromkeys(wrong, sentence))


def _check_depth(space: Space, above: Space) -> None:
    problem = ""
    if above.pk == space.pk:
        problem = _("A space cannot stand below itself.")
    elif above.parent_id is not None:
        problem = _("“%(name)s” stands below another space itself. Choose one at the top.") % {
            "name": above.name
        }
    elif space.pk and Space.objects.filter(parent=space.pk).exists():
        problem = _("Other spaces stand below this one. Move them away first.")
    if problem:
        raise Invalid("space_too_deep", problem, fields={"parent": problem})


def _too_open(space: Space, above: Space) -> dict[str, str]:
    """Return what lets more people see `space` than the one above, by field."""
    words = {"above": above.name}
    if _OPENNESS[Access(space.access)] > _OPENNESS[Access(above.access)]:
        return {
            "access": _("“%(above)s” above it is closed to some. A space below it cannot be open to more.")
            % words
        }
    if space.access != Access.PRIVATE or above.access != Access.PRIVATE:
        return {}
    if not reaches(space.see_for, above.see_for):
        return {"see_for": _("Choose only among those who may read “%(above)s” above it.") % words}
    if space.is_listed and not above.is_listed:
        return {"is_listed": _("“%(above)s” above it is secret, so this one is secret too.") % words}
    return {}
