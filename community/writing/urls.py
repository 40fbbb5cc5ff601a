"""Addresses of writing."""

from django.urls import path, re_path

from community.writing import views

urlpatterns = [
    path("uploads/", views.add, name="upload_add"),
    re_path(r"^files/(?P<key>[0-9a-f]{32})/(?P<size>[0-9]{1,4})\.webp$", views.show, name="upload_show"),
    path("writing/preview/", views.preview, name="writing_preview"),
    path("drafts/save/", views.save_draft, name="draft_save"),
    path("drafts/discard/", views.discard_draft, name="draft_discard"),
]
