"""Addresses of moderation."""

from django.urls import path

from community.moderation import views
from community.moderation.appeals import views as appeals
from community.moderation.held import views as held
from community.moderation.members_desk import views as members_desk

urlpatterns = [
    path("moderation/see-as/end/", members_desk.end, name="seeing_end"),
    path("p/<int:pk>/report/", views.report, name="post_report"),
    path("messages/said/<int:pk>/report/", views.report_message, name="message_report"),
    path("appeals/case/<int:pk>/", appeals.case, name="appeal_case"),
    path("appeals/post/<int:pk>/", appeals.post, name="appeal_post"),
    path("appeals/penalty/<int:pk>/", appeals.penalty, name="appeal_penalty"),
    path("moderation/", views.queue, name="moderation"),
    path("waiting/", held.waiting, name="waiting"),
    path("waiting/<int:pk>/", held.one, name="waiting_one"),
    path("waiting/<int:pk>/take-back/", held.take_back, name="waiting_take_back"),
]
