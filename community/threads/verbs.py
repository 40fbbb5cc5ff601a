"""What can happen in threads. Ids in payloads are primary keys; `excerpt` is plain text of at most 200 characters."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class ThreadCreated(TypedDict):
    """A thread was begun; its first post is in `post_id`."""

    thread_id: int
    post_id: int
    title: str
    kind: str
    tags: list[str]
    excerpt: str


class PostCreated(TypedDict):
    """A reply was written (first posts are told by `thread.created`)."""

    thread_id: int
    thread_title: str
    thread_kind: str
    thread_author_id: int | None
    position: int
    reply_to_author_id: int | None
    mentioned_ids: list[int]
    excerpt: str


class PostEdited(TypedDict):
    """A post was changed; `silent` within five minutes of writing it."""

    thread_id: int
    revision: int
    silent: bool
    mentioned_ids: list[int]


class PostWikiChanged(TypedDict):
    """Whether others than its author may edit a post."""

    thread_id: int
    author_id: int | None
    wiki: bool


class PostStateChanged(TypedDict):
    """A post was deleted, restored, hidden or removed."""

    thread_id: int
    author_id: int | None
    position: int
    before: str
    after: str
    reason: str


class ReactionChanged(TypedDict):
    """A reader reacted, or took it back."""

    reaction_id: int
    post_id: int
    post_author_id: int | None
    thread_id: int
    kind: str


class AnswerAccepted(TypedDict):
    """An answer was accepted, or no longer is."""

    thread_id: int
    thread_title: str
    post_id: int
    post_author_id: int | None
    asker_id: int | None


class ThreadChanged(TypedDict):
    """Staff or the author changed a thread itself: lock, pin, move, title, whether it is listed or archived, its pace."""

    thread_id: int
    change: str
    before: str
    after: str
    reason: str


class ThreadRegrouped(TypedDict):
    """Posts went from one thread (`source_id`, titled `before`) to another (`thread_id`, titled `after`): all of them
    (`merge`) or some (`split`). `undone`: on their way back."""

    thread_id: int
    regrouping_id: int
    kind: str
    undone: bool
    source_id: int
    before: str
    after: str
    post_ids: list[int]
    author_ids: list[int]
    reason: str


class PostJudged(TypedDict):
    """The team took a post off, or put it back, and its author is told why."""

    thread_id: int
    author_id: int | None
    after: str
    reason: str


class Purged(TypedDict):
    """Something was deleted for good; what it said is not kept here either. `author_ids` wrote what was in it."""

    thread_id: int
    post_ids: list[int]
    author_ids: list[int]
    reason: str


class TimerRang(TypedDict):
    """The time of a reminder has come; `member_id` asked for it."""

    thread_id: int
    member_id: int


class QuestionCared(TypedDict):
    """Something was done about a question. `words` is what is missing; `post_id` the answer asked about, or nothing."""

    thread_id: int
    thread_title: str
    asker_id: int | None
    post_id: int | None
    words: str


class PollHappened(TypedDict):
    """Something happened to a poll in a post. `voters` is how many had voted by then."""

    poll_id: int
    post_id: int
    thread_id: int
    question: str
    voters: int


class PollVoted(TypedDict):
    """A member voted, voted otherwise, or took their vote back. `option_ids` stays empty where votes are secret."""

    poll_id: int
    post_id: int
    thread_id: int
    option_ids: list[int]
    changed: bool


class QuestionRulesChanged(Changed):
    """Which numbers changed, from what and to what."""


THREAD_CREATED = verb("thread.created", ThreadCreated, "A member began a thread.")
THREAD_CHANGED = verb(
    "thread.changed",
    ThreadChanged,
    "A thread was locked, pinned, moved, renamed, unlisted, archived, slowed down or given a timer.",
)
THREAD_REGROUPED = verb(
    "thread.regrouped", ThreadRegrouped, "Posts were split off or merged into another thread, or came back."
)
POST_JUDGED = verb("post.judged", PostJudged, "The team took a post off or put it back, with a reason.")
POST_PURGED = verb("post.purged", Purged, "A post was deleted for good.")
THREAD_PURGED = verb("thread.purged", Purged, "A thread was deleted for good, with everything in it.")
THREAD_REMINDED = verb("thread.reminded", TimerRang, "The time of a reminder about a thread has come.")
POST_CREATED = verb("post.created", PostCreated, "A member replied in a thread.")
POST_EDITED = verb("post.edited", PostEdited, "A post was edited.")
POST_WIKI_CHANGED = verb(
    "post.wiki_changed",
    PostWikiChanged,
    "A post was opened for editing by members, or closed to them again.",
)
POST_STATE_CHANGED = verb(
    "post.state_changed", PostStateChanged, "A post was deleted, restored, hidden or removed."
)
REACTION_ADDED = verb("reaction.added", ReactionChanged, "A member reacted to a post.")
REACTION_REMOVED = verb("reaction.removed", ReactionChanged, "A member took a reaction back.")
ANSWER_ACCEPTED = verb("answer.accepted", AnswerAccepted, "The asker or the team accepted an answer.")
ANSWER_UNACCEPTED = verb("answer.unaccepted", AnswerAccepted, "An accepted answer no longer is.")
QUESTION_FOLLOWED_UP = verb(
    "question.followed_up", QuestionCared, "An asker was asked whether an answer solved the question."
)
QUESTION_STILL_OPEN = verb(
    "question.still_open", QuestionCared, "An asker said that the answers have not solved it yet."
)
QUESTION_INFO_WANTED = verb(
    "question.info_wanted", QuestionCared, "A helper said what a question is missing."
)
QUESTION_INFO_GIVEN = verb(
    "question.info_given", QuestionCared, "A question is not missing anything any more."
)
QUESTION_NUDGED = verb("question.nudged", QuestionCared, "An asker was reminded of what is missing.")
QUESTION_EXPIRED = verb(
    "question.expired", QuestionCared, "A question was closed because what it missed never came."
)
QUESTION_REOPENED = verb("question.reopened", QuestionCared, "An asker opened their closed question again.")
QUESTION_RULES_CHANGED = verb(
    "question.rules_changed", QuestionRulesChanged, "A manager changed the rules for questions."
)
POLL_ADDED = verb("poll.added", PollHappened, "A poll was added to a post.")
POLL_CHANGED = verb("poll.changed", PollHappened, "What a poll asks, or when it closes, was changed.")
POLL_REMOVED = verb("poll.removed", PollHappened, "A poll was taken out of its post, with its votes.")
POLL_VOTED = verb("poll.voted", PollVoted, "A member voted in a poll, or chose otherwise.")
POLL_UNVOTED = verb("poll.unvoted", PollVoted, "A member took their vote in a poll back.")
POLL_CLOSED = verb("poll.closed", PollHappened, "A poll was closed, by hand or at its time.")
POLL_REOPENED = verb("poll.reopened", PollHappened, "A closed poll was opened again.")
