"""What can happen in moderation."""

from typing import TypedDict

from community.activity.registry import verb


class PostReported(TypedDict):
    """A member reported a post; the report joined this case."""

    case_id: int
    post_id: int
    reason: str


class MessageReported(TypedDict):
    """A participant reported a message; the report joined this case."""

    case_id: int
    message_id: int
    reason: str


class CaseOpened(TypedDict):
    """Something else than a report was put before the team; `subject_type` and `subject_id` say what."""

    kind: str
    subject_type: str
    subject_id: int
    author_id: int | None
    tells_team: bool


class CaseClosed(TypedDict):
    """A case that waited was settled elsewhere."""

    kind: str
    subject_type: str
    subject_id: int


class CaseDecided(TypedDict):
    """Staff decided a case. Of a reported post or message its key stands on its own too; otherwise both are null."""

    kind: str
    subject_type: str
    subject_id: int
    post_id: int | None
    message_id: int | None
    author_id: int | None
    decision: str
    reason: str
    before: str
    after: str
    reporter_ids: list[int]


class CaseReopened(TypedDict):
    """A decision was taken back."""

    kind: str
    subject_type: str
    subject_id: int
    post_id: int | None
    message_id: int | None
    author_id: int | None
    decision: str


class MemberPenalised(TypedDict):
    """A member was warned, silenced or suspended; `until` is an ISO time, empty for a warning. `hidden_post_ids` are what
    was hidden with it; `before` and `after` say what was closed to the member."""

    member_id: int
    kind: str
    reason: str
    until: str
    penalty_id: int
    case_id: int | None
    hidden_post_ids: list[int]
    before: str
    after: str


class PenaltyLifted(TypedDict):
    """A penalty ended before its time; `before` and `after` say what was closed to the member."""

    member_id: int
    kind: str
    penalty_id: int
    before: str
    after: str


class PenaltyEnded(TypedDict):
    """A penalty ended by itself; another one may still be in force."""

    member_id: int
    kind: str
    penalty_id: int


class PostAutoHidden(TypedDict):
    """Reports hid a post until staff decide; `why` is score, trusted or team."""

    case_id: int
    post_id: int
    author_id: int | None
    why: str


class CaseOverturned(TypedDict):
    """A decision was undone because the member appealed, or reinstated because that was taken back."""

    kind: str
    subject_type: str
    subject_id: int
    post_id: int | None
    message_id: int | None
    author_id: int | None
    decision: str
    before: str
    after: str


class AppealMade(TypedDict):
    """A member asked the team to look again; for a penalty without a case `case_id` is null, otherwise `penalty_id`."""

    case_id: int | None
    penalty_id: int | None


class AppealDecided(TypedDict):
    """The team looked again; `outcome` is upheld or rejected, `reason` what the member is told."""

    case_id: int | None
    penalty_id: int | None
    member_id: int
    outcome: str
    reason: str


class CannedReasonChanged(TypedDict):
    """What a reason that the team inserts said before and says now; both are empty where there is none."""

    title: str
    before: str
    after: str


POST_REPORTED = verb("post.reported", PostReported, "A member reported a post.")
MESSAGE_REPORTED = verb("message.reported", MessageReported, "A participant reported a message.")
CASE_OPENED = verb("case.opened", CaseOpened, "Something other than a report was put before the team.")
CASE_CLOSED = verb("case.closed", CaseClosed, "A case that waited was settled elsewhere.")
CASE_DECIDED = verb("case.decided", CaseDecided, "Staff decided a case.")
CASE_REOPENED = verb("case.reopened", CaseReopened, "Staff took a decision back.")
MEMBER_PENALISED = verb("member.penalised", MemberPenalised, "A member was warned, silenced or suspended.")
PENALTY_LIFTED = verb("member.penalty_lifted", PenaltyLifted, "A penalty was lifted.")
PENALTY_ENDED = verb("member.penalty_ended", PenaltyEnded, "A penalty ended by itself.")
CANNED_REASON_CHANGED = verb(
    "canned_reason.changed",
    CannedReasonChanged,
    "A reason that the team inserts was written, changed or taken away.",
)
POST_AUTO_HIDDEN = verb("post.auto_hidden", PostAutoHidden, "Reports hid a post until staff decide.")
CASE_OVERTURNED = verb(
    "case.overturned", CaseOverturned, "An appeal undid a decision, or that was taken back."
)
APPEAL_MADE = verb("appeal.made", AppealMade, "A member asked the team to look again.")
APPEAL_DECIDED = verb("appeal.decided", AppealDecided, "The team looked again.")


class WritingHeld(TypedDict):
    """Something waits for the team; `kind` is thread, reply or edit, `case` the kind of case it is."""

    kind: str
    author_id: int
    thread_id: int | None
    case: str
    score: int
    codes: list[str]


class HeldDecided(TypedDict):
    """Someone of the team decided about what waited; `post_id` is what it became."""

    kind: str
    author_id: int
    thread_id: int | None
    post_id: int | None
    title: str
    reason: str


class WordChanged(TypedDict):
    """A watched word was added."""

    word: str
    action: str
    after: dict[str, object]


class WordChangedFrom(WordChanged):
    """A watched word was changed."""

    before: dict[str, object]


class WordRemoved(TypedDict):
    """A word is watched for no more."""

    word: str
    action: str


WRITING_HELD = verb("writing.held", WritingHeld, "Something that was written waits for the team.")
HELD_APPROVED = verb("held.approved", HeldDecided, "The team let through what waited.")
HELD_REFUSED = verb("held.refused", HeldDecided, "The team did not let through what waited.")
HELD_TAKEN_BACK = verb("held.taken_back", HeldDecided, "Its writer took back what waited.")
WORD_ADDED = verb("word.added", WordChanged, "A manager watches for a word.")
WORD_CHANGED = verb("word.changed", WordChangedFrom, "A manager changed a watched word.")
WORD_REMOVED = verb("word.removed", WordRemoved, "A manager watches for a word no more.")


class LookedAs(TypedDict):
    """Who was looked as, for how long at most, and why."""

    member_id: int
    minutes: int
    reason: str


class MemberNoted(TypedDict):
    """Whom a note is about. Its words stay with the team."""

    member_id: int


class AuditExported(TypedDict):
    """What was taken out of the log: how it was narrowed, and as which kind of file."""

    format: str
    narrowed: dict[str, str]


MEMBER_SEEN_AS = verb(
    "member.seen_as", LookedAs, "Someone of the team began to look at the site as a member."
)
MEMBER_SEEN_AS_ENDED = verb(
    "member.seen_as_ended", LookedAs, "Someone of the team stopped looking as a member."
)
MEMBER_NOTED = verb("member.noted", MemberNoted, "Someone of the team wrote a note about a member.")
AUDIT_EXPORTED = verb("audit.exported", AuditExported, "Someone took entries out of the log of the team.")
