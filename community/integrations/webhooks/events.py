"""What the features below this one tell outside. Nothing that was meant for a few: no messages, no reports in words, no addresses."""

from django.utils.translation import gettext_lazy as _

from community.integrations.webhooks.catalogue import Group, deliver
from community.integrations.webhooks.looks import (
    at_group,
    at_member,
    at_place,
    at_post,
    at_space,
    at_thread,
    for_managers,
    gone,
)
from community.members.groups import verbs as groups
from community.members.verbs import CUSTOMER_KNOWN, MEMBER_JOINED, ROLE_CHANGED, TRUST_CHANGED
from community.moderation.verbs import (
    CASE_CLOSED,
    CASE_DECIDED,
    CASE_OPENED,
    MEMBER_PENALISED,
    PENALTY_LIFTED,
)
from community.spaces.verbs import (
    SPACE_CHANGED,
    SPACE_CREATED,
    SPACE_MEMBER_ADDED,
    SPACE_MEMBER_REMOVED,
    TAG_MERGED,
    TAG_RENAMED,
)
from community.threads import verbs as threads

# ── threads and answers ──
deliver(
    threads.THREAD_CREATED,
    Group.THREADS,
    _("Somebody begins a thread"),
    ("thread_id", "post_id", "title", "kind", "tags", "excerpt"),
    at_thread,
)
deliver(
    threads.THREAD_CHANGED,
    Group.THREADS,
    _("A thread is locked, pinned, moved, renamed or archived"),
    ("thread_id", "change"),
    at_thread,
)
deliver(
    threads.THREAD_REGROUPED,
    Group.THREADS,
    _("Posts are split off or merged into another thread"),
    ("thread_id", "kind", "undone", "source_id", "post_ids"),
    at_thread,
)
deliver(
    threads.THREAD_PURGED,
    Group.THREADS,
    _("A thread is deleted for good"),
    ("thread_id", "post_ids"),
    at_place,
)
deliver(
    threads.POST_CREATED,
    Group.THREADS,
    _("Somebody replies"),
    (
        "thread_id",
        "thread_title",
        "thread_kind",
        "thread_author_id",
        "position",
        "reply_to_author_id",
        "mentioned_ids",
        "excerpt",
    ),
    at_post,
)
deliver(
    threads.POST_EDITED, Group.THREADS, _("A post is edited"), ("thread_id", "revision", "silent"), at_post
)
deliver(
    threads.POST_STATE_CHANGED,
    Group.THREADS,
    _("A post is deleted, hidden or shown again"),
    ("thread_id", "author_id", "position", "before", "after"),
    at_thread,
)
deliver(
    threads.POST_PURGED, Group.THREADS, _("A post is deleted for good"), ("thread_id", "post_ids"), at_place
)
_ANSWER = ("thread_id", "thread_title", "post_id", "post_author_id", "asker_id")
deliver(threads.ANSWER_ACCEPTED, Group.THREADS, _("An answer is accepted"), _ANSWER, at_post)
deliver(threads.ANSWER_UNACCEPTED, Group.THREADS, _("An accepted answer no longer is"), _ANSWER, at_post)
_REACTION = ("reaction_id", "post_id", "post_author_id", "thread_id", "kind")
deliver(threads.REACTION_ADDED, Group.THREADS, _("Somebody reacts to a post"), _REACTION, at_post)
deliver(threads.REACTION_REMOVED, Group.THREADS, _("Somebody takes a reaction back"), _REACTION, at_post)
_QUESTION = ("thread_id", "thread_title", "asker_id", "post_id")
deliver(
    threads.QUESTION_STILL_OPEN,
    Group.THREADS,
    _("An asker says that a question is still open"),
    _QUESTION,
    at_thread,
)
deliver(
    threads.QUESTION_EXPIRED,
    Group.THREADS,
    _("A question is closed because what it missed never came"),
    _QUESTION,
    at_thread,
)
deliver(
    threads.QUESTION_REOPENED,
    Group.THREADS,
    _("An asker opens a closed question again"),
    _QUESTION,
    at_thread,
)
_POLL = ("poll_id", "post_id", "thread_id", "voters")
deliver(threads.POLL_ADDED, Group.THREADS, _("A poll is added to a post"), _POLL, at_post)
deliver(threads.POLL_CLOSED, Group.THREADS, _("A poll is closed"), _POLL, at_post)

# ── members and groups ──
deliver(MEMBER_JOINED, Group.MEMBERS, _("Somebody joins"), ("name", "handle"), at_member)
deliver(
    TRUST_CHANGED,
    Group.MEMBERS,
    _("A member’s level of trust moves"),
    ("before", "after", "cause"),
    at_member,
)
deliver(ROLE_CHANGED, Group.MEMBERS, _("A member’s role changes"), ("before", "after"), at_member)
deliver(CUSTOMER_KNOWN, Group.MEMBERS, _("A member turns out to be a customer"), ("source",), at_member)
deliver(
    groups.GROUP_JOINED,
    Group.MEMBERS,
    _("A member comes into a group"),
    ("member_id", "group", "source"),
    at_group,
)
deliver(
    groups.GROUP_LEFT, Group.MEMBERS, _("A member leaves a group"), ("member_id", "group", "source"), at_group
)

# ── spaces and topics ──
deliver(SPACE_CREATED, Group.PLACES, _("A space is opened"), ("slug", "name", "access"), at_space)
deliver(SPACE_CHANGED, Group.PLACES, _("A space is changed"), ("fields",), at_space)
deliver(
    SPACE_MEMBER_ADDED,
    Group.PLACES,
    _("A member is added to a space"),
    ("member_id", "is_moderator"),
    at_place,
)
deliver(
    SPACE_MEMBER_REMOVED,
    Group.PLACES,
    _("A member is taken out of a space"),
    ("member_id", "is_moderator"),
    at_place,
)
deliver(TAG_RENAMED, Group.PLACES, _("A topic is written differently"), ("slug", "before", "after"), gone)
deliver(TAG_MERGED, Group.PLACES, _("A topic becomes part of another"), ("slug", "into"), gone)

# ── the work of the team: what and when, never whose words or who reported ──
deliver(
    CASE_OPENED,
    Group.TEAM,
    _("Something comes before the team"),
    ("kind", "subject_type", "subject_id"),
    for_managers,
    says_actor=False,
)
deliver(
    CASE_DECIDED,
    Group.TEAM,
    _("The team decides a case"),
    ("kind", "subject_type", "subject_id", "decision"),
    for_managers,
)
deliver(
    CASE_CLOSED,
    Group.TEAM,
    _("A case is settled elsewhere"),
    ("kind", "subject_type", "subject_id"),
    for_managers,
    says_actor=False,
)
deliver(
    MEMBER_PENALISED,
    Group.TEAM,
    _("A member is warned, silenced or suspended"),
    ("member_id", "kind", "until"),
    at_member,
)
deliver(PENALTY_LIFTED, Group.TEAM, _("A penalty is lifted"), ("member_id", "kind"), at_member)
