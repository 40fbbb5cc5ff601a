"""What goes in and out of the API about threads and posts."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers

from community.members.api import MemberRefOut
from community.proof import LONGEST
from community.rest.inputs import In, Out
from community.rest.schema import page_shape
from community.spaces.models import Kind
from community.threads.api.poll_shapes import PollIn, PollOut
from community.threads.models import State

# Looser than the rules, which answer with sentences; it only keeps absurd sizes away from them.
LONG_TITLE, LONG_BODY = 1000, 100_000
_ALTCHA = "The solution of a challenge (`getChallenge`): counts for newcomers whose text is in doubt."


class SpaceRefOut(Out):
    """A space, as rows name it."""

    slug = serializers.CharField()
    name = serializers.CharField()


class ThreadOut(Out):
    """A thread."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.CharField(help_text="discussion or question.")
    space = SpaceRefOut()
    author = MemberRefOut(allow_null=True)
    excerpt = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField(
        help_text="visible; unlisted or archived where it is not in lists; only moderators see others."
    )
    is_locked = serializers.BooleanField()
    is_pinned = serializers.SerializerMethodField()
    is_solved = serializers.BooleanField()
    accepted_post_id = serializers.IntegerField(allow_null=True)
    reply_count = serializers.IntegerField()
    reaction_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    last_post_at = serializers.DateTimeField()
    url = serializers.CharField(source="get_absolute_url")

    def get_is_pinned(self, thread: Any) -> bool:
        """Return whether it is kept at the top of its space."""
        return thread.pinned_at is not None


class PostOut(Out):
    """Something said in a thread. `body_html` is safe to show as it is."""

    id = serializers.IntegerField()
    thread_id = serializers.IntegerField()
    position = serializers.IntegerField(help_text="1 is the thread's first post.")
    reply_to_id = serializers.IntegerField(allow_null=True)
    author = MemberRefOut(allow_null=True)
    body_md = serializers.CharField()
    body_html = serializers.CharField()
    state = serializers.CharField(help_text="visible; only moderators see others.")
    reactions = serializers.DictField(child=serializers.IntegerField(), help_text="How many, by kind.")
    my_reactions = serializers.ListField(child=serializers.CharField(), help_text="The caller's own.")
    is_bookmarked = serializers.BooleanField(help_text="By the caller.")
    edit_count = serializers.IntegerField(help_text="Send it back when editing, to notice edits by others.")
    edited_at = serializers.DateTimeField(allow_null=True)
    is_wiki = serializers.BooleanField(help_text="Whether members of trust level 1 and more may edit it.")
    poll = serializers.SerializerMethodField(help_text="What it asks its readers, if anything.")
    created_at = serializers.DateTimeField()
    url = serializers.CharField(source="get_absolute_url")

    @extend_schema_field(PollOut(allow_null=True))
    def get_poll(self, post: Any) -> Any:
        """Return the poll that was noted on the post."""
        poll = getattr(post, "poll_seen", None)
        return None if poll is None else PollOut(poll).data


class ThreadWithPostOut(ThreadOut):
    """A thread just begun, with its first post."""

    first_post_id = serializers.IntegerField()


ThreadPageOut = page_shape(ThreadOut)
PostPageOut = page_shape(PostOut)


class ThreadIn(In):
    """A thread to begin."""

    space = serializers.SlugField(max_length=50)
    title = serializers.CharField(max_length=LONG_TITLE)
    body = serializers.CharField(max_length=LONG_BODY, help_text="Markdown.")
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.DISCUSSION)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=100), max_length=20, required=False, default=list
    )
    poll = PollIn(required=False, allow_null=True, default=None, help_text="Asked in the first post.")
    details = serializers.DictField(
        child=serializers.JSONField(),
        required=False,
        default=dict,
        help_text="Answers to what the space asks, by the keys of `getSpaceForm`.",
    )
    altcha = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=LONGEST, help_text=_ALTCHA
    )


class ThreadChangeIn(In):
    """What may change about a thread. What is not sent stays."""

    title = serializers.CharField(max_length=LONG_TITLE, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=100), max_length=20, required=False)
    is_locked = serializers.BooleanField(required=False)
    is_pinned = serializers.BooleanField(required=False)
    is_pinned_everywhere = serializers.BooleanField(
        required=False, help_text="With `is_pinned`: on top of all lists, not only of its space."
    )
    pinned_until = serializers.DateTimeField(required=False, allow_null=True, help_text="With `is_pinned`.")
    is_unlisted = serializers.BooleanField(
        required=False, help_text="Whether only those who have its address find it."
    )
    is_archived = serializers.BooleanField(required=False, help_text="Whether it stays as it is.")
    slow_seconds = serializers.IntegerField(
        required=False, min_value=0, max_value=604_800, help_text="Between two replies of one member."
    )
    space = serializers.SlugField(max_length=50, required=False, help_text="Moves the thread there.")


class PostIn(In):
    """A reply."""

    body = serializers.CharField(max_length=LONG_BODY, help_text="Markdown.")
    reply_to = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, help_text="A post of the same thread."
    )
    poll = PollIn(required=False, allow_null=True, default=None)
    altcha = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=LONGEST, help_text=_ALTCHA
    )


class PostChangeIn(In):
    """A post's new text."""

    body = serializers.CharField(max_length=LONG_BODY, help_text="Markdown.")
    reason = serializers.CharField(max_length=140, required=False, default="", allow_blank=True)
    edit_count = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=0,
        help_text="The post's `edit_count` as you read it; another edit since then answers 409.",
    )


class AnswerIn(In):
    """Which post is the answer."""

    post = serializers.IntegerField(min_value=1)


class ReadIn(In):
    """How far the caller has read."""

    position = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class WikiIn(In):
    """Whether members may edit a post."""

    wiki = serializers.BooleanField()


class PostDecisionIn(In):
    """A moderator's decision about a post."""

    state = serializers.ChoiceField(choices=[State.VISIBLE.value, State.HIDDEN.value, State.REMOVED.value])
    reason = serializers.CharField(max_length=300)


_AUTHOR = {
    "handle": "maya",
    "name": "Maya Lindqvist",
    "avatar_url": "",
    "team_title": "",
    "tier": "Guide",
    "url": "/@maya/",
}
THREAD = OpenApiExample(
    "A question",
    value={
        "id": 42,
        "title": "Which poles hold in a winter gale?",
        "kind": "question",
        "space": {"slug": "help", "name": "Help and how-to"},
        "author": _AUTHOR,
        "excerpt": "Two friends snapped carbon sections last year.",
        "tags": ["poles", "winter"],
        "state": "visible",
        "is_locked": False,
        "is_pinned": False,
        "is_solved": True,
        "accepted_post_id": 99,
        "reply_count": 4,
        "reaction_count": 7,
        "created_at": "2025-11-02T18:30:00Z",
        "last_post_at": "2025-11-03T08:12:00Z",
        "url": "/t/42/which-poles-hold-in-a-winter-gale/",
    },
    response_only=True,
)
POST = OpenApiExample(
    "A reply",
    value={
        "id": 99,
        "thread_id": 42,
        "position": 2,
        "reply_to_id": None,
        "author": _AUTHOR,
        "body_md": "Aluminium bends and can be *splinted*.",
        "body_html": "<p>Aluminium bends and can be <em>splinted</em>.</p>",
        "state": "visible",
        "reactions": {"helpful": 3},
        "my_reactions": ["helpful"],
        "is_bookmarked": False,
        "edit_count": 0,
        "edited_at": None,
        "is_wiki": False,
        "poll": None,
        "created_at": "2025-11-02T19:02:00Z",
        "url": "/p/99/",
    },
    response_only=True,
)
NEW_THREAD = OpenApiExample(
    "Ask a question",
    value={
        "space": "help",
        "title": "Which poles hold in a winter gale?",
        "body": "Two friends snapped carbon sections last year. What do you use?",
        "kind": "question",
        "tags": ["poles", "winter"],
    },
    request_only=True,
)
NEW_POST = OpenApiExample(
    "Reply", value={"body": "Aluminium bends and can be *splinted*."}, request_only=True
)
