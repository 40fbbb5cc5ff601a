"""The brand's way to members."""

from django.urls import include, path

from community.members.api import challenge, doors, me, members
from community.members.api.shapes import MemberRefOut
from community.members.terms import api as terms

__all__ = ["MemberRefOut", "urlpatterns"]

urlpatterns = [
    path("", include("community.members.trust.api")),
    path("", include("community.members.titles.api")),
    path("", include("community.members.fields.api")),
    path("", include("community.members.invitations.api")),
    path("", include("community.members.profiles.api")),
    path("", include("community.members.profiles.doings_api")),
    path("", include("community.members.groups.api")),
    path("me", me.Me.as_view(), name="api_me"),
    path("me/picture", me.MyPicture.as_view(), name="api_my_picture"),
    path("me/blocks", me.MyBlocks.as_view(), name="api_my_blocks"),
    path("me/sessions", doors.MySessions.as_view(), name="api_my_sessions"),
    path("me/sessions/<int:pk>", doors.MySession.as_view(), name="api_my_session"),
    path("me/terms", terms.MyTerms.as_view(), name="api_my_terms"),
    path("terms", terms.Terms.as_view(), name="api_terms"),
    path("challenge", challenge.Challenge.as_view(), name="api_challenge"),
    path("doors", doors.Doors.as_view(), name="api_doors"),
    path("admissions", doors.Admissions.as_view(), name="api_admissions"),
    path("admissions/<int:pk>/decision", doors.AdmissionDecision.as_view(), name="api_admission_decision"),
    path("members", members.MemberList.as_view(), name="api_members"),
    path("members/<str:handle>", members.MemberDetail.as_view(), name="api_member"),
    path("members/<str:handle>/block", members.MemberBlock.as_view(), name="api_member_block"),
    path("members/<str:handle>/follow", members.MemberFollow.as_view(), name="api_member_follow"),
]
