"""What other packages put into the admin, held to our rule: rows are changed by actions, and secrets are not shown.

Groups of Django's own give nobody anything here, because rights follow the role; so they are not offered.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from community.activity.admin import ReadOnlyAdmin
from community.members.doors.actions import note_second_factor

# Providers are rows of our own, and no token of theirs is kept.
for foreign in (Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(foreign)


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    """Which addresses belong to whom. Members add and confirm them; whoever could write here could take an account."""

    list_display = ("email", "user", "verified", "primary")
    list_filter = ("verified", "primary")
    list_select_related = ("user",)
    search_fields = ("=email", "=user__handle")
    ordering = ("-id",)


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Second steps of signing in. One can be removed for a member who has lost it; its secret is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("=user__handle",)
    exclude = ("data",)
    ordering = ("-id",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super(ReadOnlyAdmin, self).has_delete_permission(request, obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remove it, and note whether the member still has a second step."""
        super().delete_model(request, obj)
        note_second_factor(actor=obj.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Remove them one by one."""
        for authenticator in queryset.select_related("user"):
            self.delete_model(request, authenticator)


@admin.register(UserSession)
class UserSessionAdmin(ReadOnlyAdmin):
    """Where people are signed in. The key of a session opens it, so it is not shown."""

    list_display = ("user", "created_at", "last_seen_at", "ip", "user_agent")
    list_select_related = ("user",)
    search_fields = ("=user__handle", "=ip")
    exclude = ("session_key", "data")
    ordering = ("-id",)


@admin.register(SocialAccount)
class SocialAccountAdmin(ReadOnlyAdmin):
    """Who signs in by whom. Members link and unlink; whoever could write here could open any account by their own."""

    list_display = ("user", "provider", "date_joined", "last_login")
    list_filter = ("provider",)
    list_select_related = ("user",)
    search_fields = ("=user__handle",)
    exclude = ("extra_data",)
    ordering = ("-id",)


if apps.is_installed("allauth.idp.oidc"):
    from allauth.idp.oidc.models import Token

    admin.site.unregister(Token)

    @admin.register(Token)
    class TokenAdmin(ReadOnlyAdmin):
        """What other sites hold of whom. A token written by hand would be somebody else's voice."""

        list_display = ("client", "type", "user", "created_at", "expires_at")
        list_select_related = ("client", "user")
        exclude = ("hash", "data")
        ordering = ("-id",)
