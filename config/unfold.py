"""How the admin looks and what its menu shows."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def community_name(request: HttpRequest) -> str:
    """Return whose admin this is."""
    from community.brand.queries import current_brand

    return current_brand().name


def keeps_the_look(request: HttpRequest) -> bool:
    """Return whether the menu shows the look and name, which administrators alone change."""
    from community.brand.permissions import can_change_brand

    return request.user.is_authenticated and bool(can_change_brand(request.user))


def runs_the_community(request: HttpRequest) -> bool:
    """Return whether the menu shows what only community managers open."""
    return bool(request.user.has_module_perms("points"))


def waiting_now(request: HttpRequest) -> str:
    """Return how many cases wait for the reader, for the menu; beyond 99 nobody counts."""
    from community.access import actor_of
    from community.moderation.queries import count_waiting

    return count_waiting(actor_of(request)) if request.user.is_authenticated else ""


UNFOLD = {
    "SITE_TITLE": "config.unfold.community_name",
    "SITE_HEADER": "config.unfold.community_name",
    "SITE_SYMBOL": "wb_twilight",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("brand/mark.svg")}
    ],
    "STYLES": [lambda request: static("dist/staff.css")],
    # A calm green of our own: the brand's colours belong to the members' pages.
    "COLORS": {
        "primary": {
            "50": "oklch(97% .015 170)",
            "100": "oklch(94% .03 170)",
            "200": "oklch(88% .05 170)",
            "300": "oklch(80% .07 170)",
            "400": "oklch(70% .085 170)",
            "500": "oklch(56% .085 170)",
            "600": "oklch(45% .075 170)",
            "700": "oklch(39% .065 170)",
            "800": "oklch(33% .05 170)",
            "900": "oklch(28% .04 170)",
            "950": "oklch(21% .03 170)",
        }
    },
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
                        "badge": "config.unfold.waiting_now",
                        "badge_variant": "primary",
                    },
                    {
                        "title": _("Watched words"),
                        "icon": "visibility",
                        "link": reverse_lazy("admin:moderation_watchedword_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Spam score"),
                        "icon": "speed",
                        "link": reverse_lazy("admin:moderation_judgement_replay"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Members"),
                        "icon": "group",
                        "link": reverse_lazy("admin:members_member_changelist"),
                    },
                    {
                        "title": _("Groups"),
                        "icon": "groups",
                        "link": reverse_lazy("admin:members_group_changelist"),
                    },
                    {
                        "title": _("Trust levels"),
                        "icon": "verified_user",
                        "link": reverse_lazy("admin:members_trustrecord_changelist"),
                    },
                    {
                        "title": _("Invitations"),
                        "icon": "person_add",
                        "link": reverse_lazy("admin:members_invitation_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Lists of invitations"),
                        "icon": "playlist_add",
                        "link": reverse_lazy("admin:members_invitationbatch_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Profile fields"),
                        "icon": "badge",
                        "link": reverse_lazy("admin:members_profilefield_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Threads"),
                        "icon": "forum",
                        "link": reverse_lazy("admin:threads_thread_changelist"),
                    },
                    {
                        "title": _("Spaces"),
                        "icon": "workspaces",
                        "link": reverse_lazy("admin:spaces_space_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Rooms"),
                        "icon": "meeting_room",
                        "link": reverse_lazy("admin:conversations_room_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Rules for questions"),
                        "icon": "help",
                        "link": reverse_lazy("admin:threads_questionrules_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Rules for link cards"),
                        "icon": "link",
                        "link": reverse_lazy("admin:writing_cardrules_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("E-mail rules"),
                        "icon": "mail",
                        "link": reverse_lazy("admin:notifications_mailrules_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Notices to browsers"),
                        "icon": "notifications",
                        "link": reverse_lazy("admin:notifications_pushrules_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Doors"),
                        "icon": "door_front",
                        "link": reverse_lazy("admin:members_doorrules_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Sign-in providers"),
                        "icon": "key",
                        "link": reverse_lazy("admin:members_signonprovider_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Terms"),
                        "icon": "gavel",
                        "link": reverse_lazy("admin:members_termsversion_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Webhooks"),
                        "icon": "webhook",
                        "link": reverse_lazy("webhooks"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Numbers"),
                        "icon": "tune",
                        "link": reverse_lazy("admin:numbers_numberinforce_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("What is kept how long"),
                        "icon": "auto_delete",
                        "link": reverse_lazy("admin:privacy_retentionrun_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Audit log"),
                        "icon": "history",
                        "link": reverse_lazy("admin:moderation_auditentry_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Look and name"),
                        "icon": "palette",
                        "link": reverse_lazy("admin:brand_brand_changelist"),
                        "permission": "config.unfold.keeps_the_look",
                    },
                ],
            },
            {
                "title": _("Recognition"),
                "items": [
                    {
                        "title": _("Points at a glance"),
                        "icon": "monitoring",
                        "link": reverse_lazy("admin:points_daytotal_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("What earns points"),
                        "icon": "rule",
                        "link": reverse_lazy("admin:points_earningrule_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Points campaigns"),
                        "icon": "celebration",
                        "link": reverse_lazy("admin:points_campaign_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Points on their way"),
                        "icon": "hourglass_top",
                        "link": reverse_lazy("admin:points_pendingaward_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Brand events"),
                        "icon": "inbox",
                        "link": reverse_lazy("admin:intake_brandevent_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Types of brand events"),
                        "icon": "category",
                        "link": reverse_lazy("admin:intake_eventtype_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Customer numbers"),
                        "icon": "badge",
                        "link": reverse_lazy("admin:intake_customer_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Points"),
                        "icon": "receipt_long",
                        "link": reverse_lazy("admin:points_transfer_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Proposed corrections of points"),
                        "icon": "rule_folder",
                        "link": reverse_lazy("admin:points_proposal_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Held points"),
                        "icon": "lock_clock",
                        "link": reverse_lazy("admin:points_hold_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Points to spend with a date"),
                        "icon": "event",
                        "link": reverse_lazy("admin:points_programme_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Thanks"),
                        "icon": "favorite",
                        "link": reverse_lazy("admin:praise_praise_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Reasons for thanks"),
                        "icon": "label",
                        "link": reverse_lazy("admin:praise_praisekind_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Badges"),
                        "icon": "military_tech",
                        "link": reverse_lazy("admin:badges_badge_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Tiers"),
                        "icon": "stairs",
                        "link": reverse_lazy("admin:tiers_tier_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Perks"),
                        "icon": "redeem",
                        "link": reverse_lazy("admin:tiers_perk_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Tiers by invitation"),
                        "icon": "mail",
                        "link": reverse_lazy("admin:tiers_invitation_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("How tiers are reached"),
                        "icon": "tune",
                        "link": reverse_lazy("admin:tiers_tierrules_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Rituals"),
                        "icon": "routine",
                        "link": reverse_lazy("admin:rituals_ritualrules_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Seasons"),
                        "icon": "calendar_month",
                        "link": reverse_lazy("admin:rituals_season_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Quests"),
                        "icon": "explore",
                        "link": reverse_lazy("admin:quests_quest_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                    {
                        "title": _("Leaderboards"),
                        "icon": "leaderboard",
                        "link": reverse_lazy("admin:leaderboards_board_changelist"),
                        "permission": "config.unfold.runs_the_community",
                    },
                ],
            },
        ],
    },
}
