"""What profiles ask. No change of a field loses an answer silently: what cannot be kept is refused with the way out."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.fields.permissions import can_define_fields
from community.members.fields.queries import count_answers, forget_fields
from community.members.fields.verbs import FIELD_DEFINED, FIELD_ERASED
from community.members.models import FieldKind, FilledBy, Member, ProfileField
from community.writing.lines import ink, one_line

SETTINGS = frozenset(
    {"key", "name", "help_text", "kind", "choices", "seen_by", "filled_by", "is_required", "at_sign_up"}
    | {"is_searchable", "is_filterable", "on_card", "is_active", "position"}
)
MOST_CHOICES = 100
# A number of our own in Postgres's space of advisory locks: the versions of what is required are given one by one.
_LOCK = 0x6669656C
_TO_LIST = "jsonb_build_array(answers -> %(key)s)"
_TO_TEXT = "to_jsonb((SELECT string_agg(e, ', ') FROM jsonb_array_elements_text(answers -> %(key)s) e))"


@transaction.atomic
def save_field(
    *, actor: Member, changes: Mapping[str, Any], field: ProfileField | None = None
) -> ProfileField:
    """Make a profile field, or change one.

    A choice that somebody chose is retired, not removed. Another kind is possible where every answer can be kept.
    Raises `Refused`, or `Invalid` naming what needs another look; then nothing changed.
    """
    can_define_fields(actor).require()
    if set(changes) - SETTINGS:
        raise ValueError(f"not settings of a field: {sorted(set(changes) - SETTINGS)}")
    _one_at_a_time()
    row = ProfileField.objects.select_for_update().get(pk=field.pk) if field else ProfileField()
    before = {name: getattr(row, name) for name in SETTINGS}
    was = values_of(row)
    for name, value in _as_stored(changes).items():
        setattr(row, name, value)
    if field is not None and row.key != before["key"]:
        raise _wrong("key", _("The key of a field cannot change: other systems know it."))
    changed = sorted(name for name in SETTINGS if field is None or getattr(row, name) != before[name])
    if not changed:
        return row
    moved = _keep_answers(row, before) if field is not None else 0
    _number(row, before)
    _check(row)
    row.save()
    said = changed_values(was, row, changed)
    record(FIELD_DEFINED, actor=actor, target=row, payload={"key": row.key, "answers": moved, **said})
    _forget()
    return row


@transaction.atomic
def rename_choice(*, actor: Member, field: ProfileField, before: str, after: str) -> int:
    """Call a choice something else, also for those who chose it. Returns how many that are."""
    can_define_fields(actor).require()
    row = ProfileField.objects.select_for_update().get(pk=field.pk)
    after = one_line(after)[:60]
    if not row.has_choices or before not in row.choices:
        raise _wrong("choices", _("There is no choice “%(name)s”.") % {"name": before})
    if not ink(after) or after in row.choices or after in row.retired_choices:
        raise _wrong("choices", _("Each choice needs a name of its own."))
    was = values_of(row, ["choices"])
    row.choices = [after if choice == before else choice for choice in row.choices]
    row.save(update_fields=["choices"])
    value = (
        "(SELECT jsonb_agg(CASE WHEN e = %(before)s THEN %(after)s ELSE e END ORDER BY o)"
        " FROM jsonb_array_elements_text(answers -> %(key)s) WITH ORDINALITY x (e, o))"
        if row.kind == FieldKind.CHOICES
        else "to_jsonb(%(after)s::text)"
    )
    held = {row.key: [before] if row.kind == FieldKind.CHOICES else before}
    moved = _rewrite(value, row.key, held=held, before=before, after=after)
    record(
        FIELD_DEFINED,
        actor=actor,
        target=row,
        payload={"key": row.key, "answers": moved, **changed_values(was, row, ["choices"])},
    )
    _forget()
    return moved


@transaction.atomic
def erase_field(*, actor: Member, field: ProfileField) -> int:
    """Erase a field that is out of use, together with every answer. Returns how many answers that were."""
    can_define_fields(actor).require()
    row = ProfileField.objects.select_for_update().get(pk=field.pk)
    if row.is_active:
        raise Conflict(
            "field_in_use", _("Take the field out of use first; then it can be erased with its answers.")
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_profile SET answers = answers - %s WHERE answers ? %s", [row.key, row.key]
        )
        answers = int(cursor.rowcount)
    payload = {"key": row.key, "name": row.name, "answers": answers}
    record(FIELD_ERASED, actor=actor, target=row, payload=payload)
    row.delete()
    _forget()
    return answers


def _as_stored(changes: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(changes)
    for name in {"name", "help_text"} & set(values):
        values[name] = one_line(values[name])
    if "choices" in values:
        values["choices"] = list(dict.fromkeys(c for c in map(one_line, values["choices"]) if ink(c)))
    return values


def _check(row: ProfileField) -> None:
    if row.has_choices and not row.choices:
        raise _wrong("choices", _("Name at least one choice."))
    if len(row.choices) > MOST_CHOICES:
        raise _wrong("choices", _("A field has at most %(n)d choices.") % {"n": MOST_CHOICES})
    if row.is_filterable and not row.has_choices:
        raise _wrong("is_filterable", _("The directory filters by choices. A text is found by search."))
    if row.filled_by == FilledBy.STAFF and (row.is_required or row.at_sign_up):
        raise _wrong("filled_by", _("What staff fill in cannot be asked of members."))
    try:
        row.full_clean()
    except ValidationError as error:
        fields = {name: sentences[0] for name, sentences in error.message_dict.items()}
        raise Invalid("field_unusable", _("Some settings need another look."), fields=fields) from error


def _keep_answers(row: ProfileField, before: Mapping[str, Any]) -> int:
    """Bring stored answers to what the field is now, or refuse. Returns how many were rewritten."""
    moved = _change_kind(row, before["kind"]) if row.kind != before["kind"] else 0
    if row.has_choices:
        dropped = [choice for choice in before["choices"] if choice not in row.choices]
        held = [choice for choice in dropped if count_answers(row, choice)]
        kept = [choice for choice in row.retired_choices if choice not in row.choices]
        row.retired_choices = list(dict.fromkeys([*kept, *held]))
    return moved


def _change_kind(row: ProfileField, before: str) -> int:
    answers = count_answers(row)
    if not answers:
        return 0
    if (before, row.kind) == (FieldKind.CHOICE, FieldKind.CHOICES):
        return _rewrite(_TO_LIST, row.key)
    if row.kind == FieldKind.TEXT:
        return _rewrite(_TO_TEXT, row.key) if before == FieldKind.CHOICES else 0
    raise _wrong(
        "kind",
        ngettext(
            "%(n)d member has answered, and the answer would be lost. Make a new field and take this one out of use.",
            "%(n)d members have answered, and their answers would be lost. Make a new field and take this one out of use.",
            answers,
        )
        % {"n": answers},
    )


def _number(row: ProfileField, before: Mapping[str, Any]) -> None:
    """Give a field that is required from now on its version, so that those who have not answered are asked."""
    if not (row.is_required and row.is_active):
        row.asked_from = 0
    elif not row.asked_from:
        last = ProfileField.objects.order_by("-asked_from").values_list("asked_from", flat=True).first()
        row.asked_from = (last or 0) + 1


def _rewrite(value: str, key: str, *, held: Mapping[str, Any] | None = None, **more: str) -> int:
    where = "answers @> %(held)s::jsonb" if held is not None else "answers ? %(key)s"
    sql = f"UPDATE members_profile SET answers = jsonb_set(answers, ARRAY[%(key)s], {value}) WHERE {where}"  # noqa: S608 - constants above
    with connection.cursor() as cursor:
        cursor.execute(sql, {"key": key, "held": json.dumps(held), **more})
        return int(cursor.rowcount)


def _forget() -> None:
    """This process looks anew now, and once more after others can see the change too."""
    forget_fields()
    transaction.on_commit(forget_fields)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _wrong(name: str, sentence: str) -> Invalid:
    return Invalid("field_unusable", sentence, fields={name: sentence})
