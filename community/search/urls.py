"""Addresses of search."""

from django.urls import path

from community.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="search_suggest"),
    path("search/near/", views.near, name="search_near"),
    path("search/filters/", views.filters, name="search_filters"),
    path("search/recent/", views.remember, name="search_remember"),
    path("search/recent/forget/", views.forget, name="search_forget"),
]
