"""What writers are told about what waited."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.verbs import HELD_APPROVED, HELD_REFUSED
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import AT_ONCE, Group, Kind, Mail, NoticeWords, Purpose, register

_WHY = _("You get this because you wrote it.")


def _approved_words(notice: Notice, _subject: object) -> NoticeWords:
    return NoticeWords(
        title=say("What you wrote is shown now"),
        text=say("The team read it and let it through."),
        url=f"/p/{notice.payload['post_id']}/",
        icon="check",
        button=say("See it in its place"),
    )


def _refused_words(notice: Notice, _subject: object) -> NoticeWords:
    return NoticeWords(
        title=say("The team did not let through what you wrote"),
        text=say("Why: %(reason)s. Your text is kept for you.") % {"reason": notice.payload["reason"]},
        url=f"/waiting/{notice.payload['held_id']}/",
        icon="shield",
        button=say("See your text"),
    )


APPROVED = register(
    Kind(
        "moderation.held_approved",
        _("What you wrote is let through after waiting"),
        Purpose.SERVICE,
        _approved_words,
        _WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
    )
)
REFUSED = register(
    Kind(
        "moderation.held_refused",
        _("What you wrote is not let through"),
        Purpose.ESSENTIAL,
        _refused_words,
        _WHY,
        group=Group.ACCOUNT,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
    )
)


@consumer(HELD_APPROVED, hears_replays=False)
def tell_held_approved(activity: Activity) -> None:
    """Tell a writer that their text is shown now."""
    facts = activity.payload
    notify(
        actor=activity.actor,
        member_ids=[facts["author_id"]],
        kind=APPROVED,
        activity=activity,
        payload={"post_id": facts["post_id"]},
    )


@consumer(HELD_REFUSED, hears_replays=False)
def tell_held_refused(activity: Activity) -> None:
    """Tell a writer why their text is not shown, and where it is kept."""
    facts = activity.payload
    notify(
        actor=activity.actor,
        member_ids=[facts["author_id"]],
        kind=REFUSED,
        activity=activity,
        payload={"held_id": activity.target_pk, "reason": facts["reason"]},
    )
