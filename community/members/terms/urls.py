"""Addresses of the terms in versions."""

from django.urls import path

from community.members.terms import views

urlpatterns = [
    path("terms/agree/", views.agree, name="terms_agree"),
    path("terms/<slug:document>/<int:number>/", views.version, name="terms_version"),
]
