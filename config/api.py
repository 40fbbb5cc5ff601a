"""The brand's way in: every API resource, joined from the features."""

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

from community.integrations import docs

urlpatterns = [
    path("docs/", docs.reference, name="api_docs"),
    path(
        "openapi.json",
        SpectacularJSONAPIView.as_view(permission_classes=[], throttle_classes=[]),
        name="api_schema",
    ),
    path("", include("community.numbers.api")),
    path("", include("community.writing.api")),
    path("", include("community.members.api")),
    path("", include("community.notifications.api")),
    path("", include("community.spaces.api")),
    path("", include("community.threads.api")),
    path("", include("community.search.api")),
    path("", include("community.messages.api")),
    path("", include("community.moderation.api")),
    path("", include("community.privacy.api")),
    path("", include("community.integrations.webhooks.api")),
    path("", include("rewards.intake.api")),
    path("", include("rewards.points.api")),
    path("", include("rewards.points.api_reasons")),
    path("", include("rewards.praise.api")),
    path("", include("rewards.praise.api_shout_outs")),
    path("", include("rewards.badges.api")),
    path("", include("rewards.tiers.api")),
    path("", include("rewards.quests.api")),
    path("", include("rewards.rituals.api")),
    path("", include("rewards.leaderboards.api")),
    path("", include("engagement.journeys.api")),
]
