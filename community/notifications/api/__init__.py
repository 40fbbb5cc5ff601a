"""The brand's way to what a member is told, and to what they want to hear."""

from django.urls import path

from community.notifications.api import choices, digest, inbox, push

urlpatterns = [
    path("me/notices", inbox.NoticeList.as_view(), name="api_notices"),
    path("me/notices/read", inbox.NoticesRead.as_view(), name="api_notices_read"),
    path("me/notices/unread", inbox.NoticesUnread.as_view(), name="api_notices_unread"),
    path("me/notices/<int:pk>/read", inbox.NoticeRead.as_view(), name="api_notice_read"),
    path("me/notices/choices", choices.NoticeChoices.as_view(), name="api_notice_choices"),
    path("me/notices/digest", digest.DigestRhythm.as_view(), name="api_notice_digest"),
    path("me/notices/digest/preview", digest.DigestPreview.as_view(), name="api_notice_digest_preview"),
    path("me/notices/pause", choices.MailPause.as_view(), name="api_notice_pause"),
    path("me/notices/mail", choices.MailDecisions.as_view(), name="api_notice_mail"),
    path("me/push/key", push.PushKey.as_view(), name="api_push_key"),
    path("me/push/browsers", push.Browsers.as_view(), name="api_browsers"),
    path("me/push/browsers/<int:pk>", push.Browser.as_view(), name="api_browser"),
    path("me/push/test", push.BrowserTest.as_view(), name="api_push_test"),
]
