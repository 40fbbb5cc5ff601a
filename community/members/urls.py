"""Addresses of members."""

from django.urls import include, path, register_converter

from community.members import views
from community.members.doors import views as doors
from community.members.signon import urls as signon
from community.members.terms import urls as terms


class HandleConverter:
    """A handle as it stands behind the @."""

    regex = r"[A-Za-z0-9_.-]{1,30}"

    def to_python(self, value: str) -> str:
        """Take it as it is: handles are compared without case."""
        return value

    def to_url(self, value: str) -> str:
        """Write it as it is."""
        return value


register_converter(HandleConverter, "handle")

urlpatterns = [
    path("", include("community.members.trust.urls")),
    path("", include("community.members.groups.urls")),
    path("people/", views.people, name="member_list"),
    path("@<handle:handle>/", views.show, name="member"),
    path("@<handle:handle>/follow/", views.follow, name="member_follow"),
    path("@<handle:handle>/block/", views.block, name="member_block"),
    path("me/", views.me, name="me"),
    path("me/settings/", views.settings, name="settings"),
    path("me/settings/profile/", views.edit_profile, name="settings_profile"),
    path("", include("community.members.titles.urls")),
    path("", include("community.members.profiles.urls")),
    path("", include("community.members.fields.urls")),
    path("", include("community.members.invitations.urls")),
    path("me/settings/account/", views.account, name="settings_account"),
    path("me/settings/devices/<int:pk>/end/", doors.end_session, name="session_end"),
    path("me/settings/devices/end/", doors.end_everywhere, name="session_end_all"),
    path("join/waiting/", doors.waiting, name="join_waiting"),
    path("me/settings/privacy/", views.edit_privacy, name="settings_privacy"),
    path("me/settings/appearance/", views.edit_appearance, name="settings_appearance"),
    *signon.urlpatterns,
    *terms.urlpatterns,
]
