"""Every address, joined from the features."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import health

# Staff sign in where everybody does, with the same limits and the same second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz/live", health.live, name="health_live"),
    path("healthz/ready", health.ready, name="health_ready"),
    # Addresses are compared one after the other: those asked for most stand first.
    path("", include("community.threads.urls")),
    path("", include("community.search.urls")),
    path("", include("community.members.urls")),
    path("", include("community.notifications.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api")),
    path("", include("config.accounts")),
    path("", include("community.brand.urls")),
    path("", include("community.writing.urls")),
    path("", include("community.spaces.urls")),
    path("", include("community.messages.urls")),
    path("", include("community.moderation.urls")),
    path("", include("community.integrations.urls")),
    path("", include("community.importing.urls")),
    path("", include("community.privacy.urls")),
    path("", include("rewards.points.urls")),
    path("", include("rewards.praise.urls")),
    path("", include("rewards.badges.urls")),
    path("", include("rewards.quests.urls")),
    path("", include("rewards.rituals.urls")),
    path("", include("rewards.leaderboards.urls")),
    path("", include("engagement.journeys.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.page_not_found"
# Not Django's: the sign-in package asks for it.
handler429 = "config.errors.too_many_requests"
handler500 = "config.errors.server_error"

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
