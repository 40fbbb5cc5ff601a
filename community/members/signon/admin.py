"""The manager's way to sign-in providers. A secret goes in and never comes out."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from community.access import actor_of
from community.errors import DomainError
from community.members.models import SignOnProvider
from community.members.permissions import can_keep_doors
from community.members.signon.actions import ask_provider, remove_provider, save_provider


class ProviderForm(forms.ModelForm):
    """Takes a new secret; an empty one leaves the secret as it is."""

    secret = forms.CharField(
        label=_("secret"),
        required=False,
        strip=True,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_(
            "The client secret, or Apple's private key. Kept sealed and never shown; empty: as it is."
        ),
    )


@admin.register(SignOnProvider)
class SignOnProviderAdmin(ModelAdmin):
    """Providers: add, change, test, turn on."""

    form = ProviderForm
    list_display = ("name", "kind", "is_on", "tested_at", "test_said")
    readonly_fields = ("return_address", "tested_at", "test_said")
    actions = ("test_connection",)
    fieldsets = (
        (None, {"fields": ("kind", "key", "name", "is_on", "position")}),
        (
            _("At the provider"),
            {"fields": ("server_url", "client_id", "secret", "team_id", "key_id", "return_address")},
        ),
        (
            _("What we believe"),
            {"fields": ("trusts_email", "customer_claim", "groups_claim", "field_claims")},
        ),
        (_("Last test"), {"fields": ("tested_at", "test_said")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(can_keep_doors(actor_of(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission  # type: ignore[assignment]
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The key stands with accounts that came this way."""
        return (*self.readonly_fields, "key") if obj is not None else self.readonly_fields

    @admin.display(description=_("return address"))
    def return_address(self, row: SignOnProvider) -> str:
        """What to write down at the provider."""
        if row.kind in ("apple", "github"):
            return self._whole(reverse(f"{row.kind}_callback"))
        try:
            return self._whole(reverse("openid_connect_callback", args=[row.key]))
        except NoReverseMatch:
            # No key yet, or one that is none.
            return ""

    def _whole(self, path: str) -> str:
        from django.conf import settings

        return f"{settings.BASE_URL}{path}"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the action. A refusal is shown, and nothing changes."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "secret"}
        row = SignOnProvider.objects.get(pk=obj.pk) if change else SignOnProvider()
        try:
            saved = save_provider(
                actor=actor_of(request), row=row, changes=changes, secret=form.cleaned_data["secret"]
            )
        except DomainError as error:
            messages.error(request, " ".join(error.fields.values()) or error.message)
        else:
            obj.pk = saved.pk

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """Without a row there is nothing to show."""
        if obj.pk is None:
            return HttpResponseRedirect(reverse("admin:members_signonprovider_changelist"))
        return super().response_add(request, obj, post_url_continue)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As above."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take it away through the action."""
        remove_provider(actor=actor_of(request), row=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SignOnProvider]) -> None:
        """One by one."""
        for row in queryset:
            self.delete_model(request, row)

    @admin.action(description=_("Test the connection"), permissions=["change"])
    def test_connection(self, request: HttpRequest, queryset: QuerySet[SignOnProvider]) -> None:
        """Ask each for its description and say what came of it."""
        for row in queryset[:5]:
            messages.info(request, f"{row.name}: {ask_provider(actor=actor_of(request), row=row)}")
