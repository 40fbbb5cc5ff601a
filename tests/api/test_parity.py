"""What a member can do in a browser, a program can do: every page has its operations here, or a reason to have none."""

from config.access import list_routes

# The address in a browser by name, and the operations that do the same.
OPERATIONS = {
    "home": "api_feed api_threads api_threads_ranked api_waiting",
    "aside": "api_waiting",
    "home_panels": "api_my_points api_leaderboard api_first_steps",
    "feed": "api_threads",
    "space_list": "api_spaces",
    "space": "api_space api_threads api_space_tags",
    "space_feed": "api_threads",
    "space_follow": "api_space_follow",
    "space_unfollow": "api_space_follow",
    "space_level": "api_space_level",
    "tag": "api_tag api_threads",
    "tag_level": "api_tag_level",
    "thread": "api_thread api_thread_posts api_thread_follow",
    "thread_short": "api_thread",
    "thread_posts": "api_thread_posts",
    "thread_news": "api_thread_posts",
    "thread_close_to": "api_similar_threads",
    "thread_new": "api_threads api_draft api_uploads api_preview",
    "thread_draft": "api_draft",
    "thread_similar": "api_similar_threads",
    "thread_reply": "api_thread_posts",
    "thread_read": "api_thread_read",
    "thread_unaccept": "api_thread_accepted",
    "thread_missing": "api_thread_missing api_thread_care",
    "thread_claim": "api_thread_claim",
    "thread_not_yet": "api_thread_not_yet",
    "thread_reopen": "api_thread_reopening",
    "thread_level": "api_thread_level api_thread_follow api_thread_mute",
    "thread_lock": "api_thread",
    "thread_unlock": "api_thread",
    "thread_pin": "api_thread",
    "thread_unpin": "api_thread",
    "thread_move": "api_thread",
    "post": "api_post",
    "post_edit": "api_post",
    "post_history": "api_post_history",
    "post_delete": "api_post",
    "post_restore": "api_post_restore",
    "post_accept": "api_thread_accepted",
    "post_bookmark": "api_post_bookmark",
    "post_react": "api_post_reaction",
    "post_report": "api_post_report",
    "moderation": "api_cases api_case api_case_claim api_case_decision",
    "bookmark_list": "api_bookmarks",
    "draft_list": "api_drafts",
    "draft_save": "api_draft",
    "draft_discard": "api_draft",
    "upload_add": "api_uploads",
    "writing_preview": "api_preview",
    "search": "api_search",
    "search_suggest": "api_search_suggest",
    "search_remember": "api_search_recent",
    "search_forget": "api_search_recent",
    "member_list": "api_members api_search_members",
    "member": "api_member api_member_badges api_member_points api_threads",
    "member_follow": "api_member_follow",
    "member_block": "api_member_block",
    "me": "api_me",
    "settings": "api_me",
    "settings_profile": "api_me api_my_picture",
    "settings_privacy": "api_me api_my_blocks",
    "settings_appearance": "api_me",
    "notice_list": "api_notices",
    "notice_open": "api_notice_read",
    "notice_mute": "api_thread_mute",
    "notice_bell": "api_me",
    "notice_read_all": "api_notices_read",
    "notice_unread_all": "api_notices_unread",
    "notice_choices": "api_notice_choices api_notice_mail",
    "notice_pause": "api_notice_pause",
    "notice_digest": "api_notice_digest",
    "notice_digest_preview": "api_notice_digest_preview",
    "conversation_list": "api_conversations",
    "conversation_new": "api_conversations",
    "conversation": "api_conversation api_messages",
    "conversation_news": "api_messages",
    "conversation_send": "api_messages",
    "conversation_rename": "api_conversation",
    "conversation_people": "api_conversation_members",
    "conversation_leave": "api_conversation_leave",
    "conversation_mute": "api_conversation_mute",
    "conversation_read": "api_conversation_read",
    "message_edit": "api_message",
    "message_delete": "api_message",
    "message_report": "api_message_report",
    "welcome": "api_first_steps",
    "welcome_dismiss": "api_first_steps",
    "badge_list": "api_badges",
    "badge": "api_badges api_badge_holders",
    "leaderboard": "api_leaderboard",
    "points_how": "api_point_rules",
    "points_statement": "api_my_statement",
    "points_csv": "api_my_statement",
}
# Why a page has no operation. A name that ends with an underscore stands for all that begin so.
REASONS = {
    "account_": "whoever signs in proves it in a browser; a key must not open the account it belongs to",
    "mfa_": "as above",
    "usersessions_": "as above",
    "settings_account": "leads to the above",
    "api_keys": "a key must not make keys",
    "api_key_revoke": "a key must not close keys",
    "admin:": "has pages of its own kind; what programs need of it has operations",
    "health_": "for load balancers",
    "mail_inbound": "for the service that receives e-mail",
    "robots": "for robots",
    "sitemap": "for robots",
    "upload_show": "is the picture itself, and takes the same sign-in",
    "brand_": "the look and the legal texts of the pages themselves",
    "embed_": "is made for other sites already",
    "post_menu": "lists what is at hand; operations say so when tried",
    "post_deleted": "says what deleting answered",
    "search_filters": "draws the form",
    "search_near": "draws the form",
    "notice_stop": "works by the signed link of an e-mail",
    "notice_resume_address": "proves an address in a browser",
    "conversation_arrange": "is the form to the operations",
}


def reason(name):
    return any(name == known or (known[-1] in "_:" and name.startswith(known)) for known in REASONS)


def test_every_page_has_its_operations_or_a_reason():
    routes = [route.name for route in list_routes() if not route.path.startswith("/api/")]

    assert sorted({name for name in routes if name not in OPERATIONS and not reason(name)}) == []


def test_every_operation_named_here_is_there():
    names = {route.name for route in list_routes() if route.path.startswith("/api/v1/")}
    named = {name for words in OPERATIONS.values() for name in words.split()}

    assert sorted(named - names) == []
    assert len(named) > 50
