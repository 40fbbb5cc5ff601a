"""Saying what a space asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.activity.changes import changed_values
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.spaces.asking import limits
from community.spaces.models import FieldKind, Space, SpaceField, SpaceTemplate
from community.spaces.permissions import can_manage_spaces
from community.spaces.verbs import SPACE_CHANGED
from community.writing.lines import one_line
from community.writing.markdown import tidy


@transaction.atomic
def arrange_asking(
    *, actor: Member, space: Space, template: str, fields: Sequence[Mapping[str, Any]]
) -> None:
    """Say what `space` asks: the text posts begin with, and its fields in their order, each with `label`, `kind` and more.

    A field with a `key` is the one of that key; what is left out is no longer asked, and answers to it stay with their
    threads. Raises `Refused` or `Invalid`.
    """
    can_manage_spaces(actor).require()
    template = _checked_template(template)
    if len(fields) > limits.FIELDS_MAX:
        raise _unusable("fields", _("Twelve fields are the most a space can ask for."))
    held = Space.objects.select_for_update(no_key=True).get(pk=space.pk)
    before = _said(held)
    known = {field.key: field for field in SpaceField.objects.filter(space=held)}
    rows = [_row(held, position, values, known) for position, values in enumerate(fields)]
    if len({row.key for row in rows}) < len(rows):
        raise _unusable("fields", _("Two fields ask for the same. Give one of them another name."))
    for row in rows:
        row.save()
    SpaceField.objects.filter(space=held).exclude(pk__in=[row.pk for row in rows]).update(is_asked=False)
    if template:
        SpaceTemplate.objects.update_or_create(space=held, defaults={"body": template})
    else:
        SpaceTemplate.objects.filter(space=held).delete()
    held.asks = bool(template) or any(row.is_asked for row in rows)
    held.save(update_fields=["asks"])
    said = changed_values({}, held, (), asks=(before, _said(held)))
    record(SPACE_CHANGED, actor=actor, target=held, space_id=held.pk, payload=said)


def _said(space: Space) -> list[str]:
    """Say what a space asks, in short: the text posts begin with, and its fields by their labels."""
    begins = SpaceTemplate.objects.filter(space=space).values_list("body", flat=True)
    labels = SpaceField.objects.filter(space=space, is_asked=True).order_by("position")
    return [*begins, *labels.values_list("label", flat=True)]


def _checked_template(template: str) -> str:
    template = tidy(template).strip()
    if len(template) > limits.TEMPLATE_MAX:
        raise _unusable("template", _("A template has room for 4,000 characters."))
    return template


def _row(
    space: Space, position: int, values: Mapping[str, Any], known: Mapping[str, SpaceField]
) -> SpaceField:
    label = one_line(str(values.get("label", "")))
    row = known.get(str(values.get("key") or "")) or SpaceField(space=space, key=slugify(label)[:30])
    row.label, row.hint = label, one_line(str(values.get("hint", "")))
    row.kind = str(values.get("kind", FieldKind.TEXT))
    row.options = list(dict.fromkeys(filter(None, (one_line(str(one)) for one in values.get("options", ())))))
    row.is_required = bool(values.get("is_required"))
    row.for_team = bool(values.get("for_team"))
    row.is_asked = bool(values.get("is_asked", True))
    row.position = position
    problem = _problem(row)
    if problem:
        raise _unusable("fields", f"{label}: {problem}" if label else problem)
    return row


def _problem(row: SpaceField) -> str:
    if not row.key or not 2 <= len(row.label) <= limits.LABEL_MAX:
        return _("Say in 2 to 60 characters what is asked.")
    if len(row.hint) > limits.HINT_MAX:
        return _("A hint has room for 120 characters.")
    if row.kind not in FieldKind.values:
        return _("Choose one of the options.")
    if row.has_options and not 2 <= len(row.options) <= limits.OPTIONS_MAX:
        return _("Offer 2 to 30 answers to choose among.")
    if any(len(option) > limits.OPTION_MAX for option in row.options):
        return _("An answer to choose has room for 60 characters.")
    return ""


def _unusable(field: str, sentence: str) -> Invalid:
    return Invalid("asking_unusable", sentence, fields={field: sentence})
