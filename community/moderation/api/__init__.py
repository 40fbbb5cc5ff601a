"""The brand's way to reports, cases, penalties and appeals."""

from django.urls import path

from community.moderation.api.canned import CannedReasonDetail, CannedReasons
from community.moderation.api.cases import CaseClaim, CaseDecision, CaseDecisions, CaseDetail, CaseList
from community.moderation.api.penalties import (
    MemberNextPenalty,
    MemberPenalties,
    MyAppeals,
    MyPenalties,
    Penalties,
    PenaltyDetail,
)
from community.moderation.api.reports import MessageReport, PostReport
from community.moderation.held import api as held_api
from community.moderation.log import api as log_api
from community.moderation.members_desk import api as desk_api
from community.moderation.spam import api as spam_api
from community.moderation.words import api as words_api

urlpatterns = [
    path("posts/<int:pk>/report", PostReport.as_view(), name="api_post_report"),
    path("messages/<int:pk>/report", MessageReport.as_view(), name="api_message_report"),
    path("moderation/cases", CaseList.as_view(), name="api_cases"),
    path("moderation/decisions", CaseDecisions.as_view(), name="api_case_decisions"),
    path("moderation/cases/<int:pk>", CaseDetail.as_view(), name="api_case"),
    path("moderation/cases/<int:pk>/claim", CaseClaim.as_view(), name="api_case_claim"),
    path("moderation/cases/<int:pk>/decision", CaseDecision.as_view(), name="api_case_decision"),
    path("moderation/reasons", CannedReasons.as_view(), name="api_canned_reasons"),
    path("moderation/reasons/<int:pk>", CannedReasonDetail.as_view(), name="api_canned_reason"),
    path("moderation/penalties", Penalties.as_view(), name="api_penalties"),
    path("moderation/penalties/<int:pk>", PenaltyDetail.as_view(), name="api_penalty"),
    path("members/<str:handle>/penalties", MemberPenalties.as_view(), name="api_member_penalties"),
    path("members/<str:handle>/penalties/next", MemberNextPenalty.as_view(), name="api_member_next_penalty"),
    path("me/penalties", MyPenalties.as_view(), name="api_my_penalties"),
    path("me/appeals", MyAppeals.as_view(), name="api_my_appeals"),
    *held_api.urlpatterns,
    *log_api.urlpatterns,
    *desk_api.urlpatterns,
    *spam_api.urlpatterns,
    *words_api.urlpatterns,
]
