"""Addresses of points."""

from django.urls import URLPattern, path

from rewards.points import views

urlpatterns: list[URLPattern] = [
    path("points/", views.how, name="points_how"),
    path("me/points/", views.statement, name="points_statement"),
    path("me/points/why/<int:pk>/", views.why, name="points_why"),
    path("me/points/points.csv", views.statement_csv, name="points_csv"),
]
