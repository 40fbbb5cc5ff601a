"""How the admin looks and what its menu shows."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

UNFOLD = {
    "SITE_TITLE": "Porchlight",
    "SITE_HEADER": "Porchlight",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": True,
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": True,
        "navigation": [
            {
                "title": _("Today"),
                "items": [
                    {
                        "title": _("Review queue"),
                        "icon": "flag",
                        "link": reverse_lazy("admin:moderation_case_changelist"),
                    },
                    {
                        "title": _("Members"),
                        "icon": "group",
                        "link": reverse_lazy("admin:members_member_changelist"),
                    },
                    {
                        "title": _("Threads"),
                        "icon": "forum",
                        "link": reverse_lazy("admin:threads_thread_changelist"),
                    },
                    {
                        "title": _("Look and name"),
                        "icon": "palette",
                        "link": reverse_lazy("admin:brand_brand_changelist"),
                    },
                ],
            }
        ],
    },
}
