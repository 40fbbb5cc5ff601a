"""Addresses of the brand's pages and files."""

from django.urls import path, re_path

from community.brand import views

urlpatterns = [
    re_path(r"^theme-(?P<hash>[0-9a-f]{12})\.css$", views.theme, name="brand_theme"),
    re_path(r"^logo-(?P<hash>[0-9a-f]{12})\.png$", views.logo, name="brand_logo"),
    re_path(r"^icons/(?P<kind>[a-z0-9-]{1,20})\.png$", views.icon, name="brand_icon"),
    path("apple-touch-icon.png", views.touch_icon, name="brand_touch_icon"),
    path("app.webmanifest", views.app_manifest, name="brand_manifest"),
    path("service-worker.js", views.worker, name="brand_worker"),
    path("offline/", views.offline, name="brand_offline"),
    re_path(r"^preview-(?P<hash>[0-9a-f]{12})\.png$", views.preview, name="brand_preview"),
    path("look/", views.choose_look, name="brand_look"),
    path("guidelines/", views.guidelines, name="brand_guidelines"),
    path("privacy/", views.privacy, name="brand_privacy"),
    path("terms/", views.terms, name="brand_terms"),
    path("accessibility/", views.accessibility, name="brand_accessibility"),
]
