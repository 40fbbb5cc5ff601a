"""The admin's site: whatever is registered there, by us or by other packages, is narrowed only by what its reader may read.

Django lets a list be narrowed by any column of its own table, shown or not: `?email__startswith=a` told moderators, who see no
addresses, whose address begins so, and `?password__startswith=` the same of hashes.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin import sites
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField
from django.http import HttpRequest
from unfold.apps import DefaultAppConfig
from unfold.sites import UnfoldAdminSite

from community.digits import number_in


class NarrowedByWhatIsShown:
    """Stands in front of every registered admin."""

    def lookup_allowed(self: Any, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Whether a list may be narrowed by `lookup`: columns that its reader sees, there or on the page of a row."""
        name = lookup.split("__")[0]
        try:
            self.opts.get_field(name)
        except FieldDoesNotExist:
            is_shown = True
        else:
            is_shown = name in (self.opts.pk.name, "pk") or name in shown_to(self, request)
        return is_shown and bool(super().lookup_allowed(lookup, value, request))  # type: ignore[misc]

    def get_object(self: Any, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the row that an address names. An empty `_to_field=` is none; Django looks for a column without a name."""
        return super().get_object(request, object_id, from_field or None)  # type: ignore[misc]

    def get_changeform_initial_data(self: Any, request: HttpRequest) -> dict[str, Any]:
        """What an address fills into the form of a new row. Moments are left out: what cannot be read as one cannot be drawn."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)  # type: ignore[misc]
        moments = {field.name for field in self.opts.fields if isinstance(field, DateTimeField)}
        return {name: value for name, value in given.items() if name not in moments}


def shown_to(model_admin: Any, request: HttpRequest) -> set[str]:
    """Return the names of what an admin shows: in its list, beside it to narrow it, and on the page of a row."""
    filters = (
        one[0] if isinstance(one, tuple | list) else one for one in model_admin.get_list_filter(request)
    )
    listed = (*model_admin.get_list_display(request), *(one for one in filters if isinstance(one, str)))
    on_page = flatten_fieldsets(model_admin.get_fieldsets(request))
    return {str(name).split("__")[0] for name in (*listed, *on_page)}


class Site(UnfoldAdminSite):
    """Unfold's site, with that rule for everything it holds."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the admin opens at all: for those whose role counts now, and so not for who is paused."""
        user: Any = request.user
        return bool(super().has_permission(request) and user.is_at_least("moderator"))

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register, held to the rule."""
        kind = admin_class or admin.ModelAdmin
        if not issubclass(kind, NarrowedByWhatIsShown):
            about = {"__module__": kind.__module__, "__doc__": kind.__doc__}
            kind = type(kind.__name__, (NarrowedByWhatIsShown, kind), about)
        super().register(model_or_iterable, kind, **options)


class AdminTheme(DefaultAppConfig):
    """Unfold, with our site."""

    def ready(self) -> None:
        """Put our site where everybody looks for it."""
        admin.site = sites.site = Site()  # type: ignore[assignment]
        offer_only_rows()


def offer_only_rows() -> None:
    """Let fields that complete themselves be drawn again with whatever was sent in them. Django asks the database for rows
    with such keys, and falls over one that is no number before the form can say so."""
    drawn = AutocompleteMixin.optgroups

    def optgroups(self: Any, name: str, value: Any, attr: Any = None) -> Any:
        return drawn(self, name, [one for one in value if number_in(str(one)) is not None], attr)

    AutocompleteMixin.optgroups = optgroups  # type: ignore[method-assign]
