"""What the log of the team hears. Named apart from who listens: a list of verbs may be read before there are any."""

# Acts of the team by name: features above this one are heard without being imported. A verb that the team can cause and
# that is not here says why in tests/community/moderation/log/test_covering.py.
AUDITED = frozenset(
    {
        "case.decided",
        "case.closed",
        "case.reopened",
        "case.overturned",
        "appeal.decided",
        "canned_reason.changed",
        "held.approved",
        "held.refused",
    }
    | {"held.taken_back", "word.added", "word.changed", "word.removed"}
    | {"member.penalised", "member.penalty_lifted", "member.noted", "member.seen_as", "member.seen_as_ended"}
    | {"member.role_changed", "member.trust_set", "member.customer_known", "member.profile_changed"}
    | {"member.answers_changed", "member.merged", "member.erased", "admission.decided", "doors.changed"}
    | {"signon.changed", "signon.removed"}
    | {"profile_field.defined", "profile_field.erased", "erasure.asked", "erasure.cancelled"}
    | {"export.asked", "export.fetched", "audit.exported", "brand.changed", "number.changed"}
    | {"mail.rules_changed", "push.rules_changed", "cards.rules_changed", "question.rules_changed"}
    | {"space.created", "space.changed", "space.member_added", "space.member_removed", "space.entry_answered"}
    | {"tag.renamed", "tag.merged", "tag.changed", "tag_group.changed"}
    | {
        "thread.changed",
        "thread.regrouped",
        "thread.purged",
        "post.purged",
        "post.state_changed",
        "post.edited",
        "post.wiki_changed",
        "poll.closed",
        "poll.reopened",
    }
    | {"group.created", "group.changed", "group.deleted", "group.joined", "group.left", "group.owner_changed"}
    | {"event_type.changed", "customer.linked", "customer.unlinked"}
    | {"group.levels_changed", "signon.changed", "signon.removed", "terms.published"}
    | {"group.answered", "group.invited", "invitation.batch_begun", "invitation.revoked"}
    | {
        "message.state_changed",
        "room.opened",
        "room.changed",
        "room.closed",
        "room.reopened",
        "room.member_removed",
    }
)
