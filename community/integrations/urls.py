"""Addresses of integrations."""

from django.urls import include, path

from community.integrations import embed, views

urlpatterns = [
    path("me/settings/webhooks/", include("community.integrations.webhooks.urls")),
    path("me/settings/keys/", views.keys, name="api_keys"),
    path("me/settings/keys/<int:pk>/revoke/", views.revoke, name="api_key_revoke"),
    path("embed.js", embed.loader, name="embed_loader"),
    path("embed/latest/", embed.latest, name="embed_latest"),
    path("embed/preview/", embed.preview, name="embed_preview"),
]
