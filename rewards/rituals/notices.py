"""The notices that rituals bring. Each is said once; none of them ever asks anybody to come back."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.brand.queries import current_brand
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, NoticeWords, Purpose, register, through
from rewards.points.panels import who_wants_recognition
from rewards.rituals.models import Ritual, Season
from rewards.rituals.saying import say_length, say_numbers
from rewards.rituals.verbs import GREETED, STREAK_REACHED


def _streak_words(notice: Notice, _subject: None) -> NoticeWords:
    payload = notice.payload
    length = say_length(payload["number"], payload["unit"])
    return NoticeWords(
        title=say("%(length)s with something of yours in it. Thank you.") % {"length": length},
        text=say("Said once. It asks nothing of you."),
        url="/me/streak/",
        icon="star",
        button=say("See which counted"),
    )


STREAK = register(
    Kind(
        key="streak.reached",
        label=_("You contributed for some weeks in a row"),
        why=_("You get this once for each length, because something of yours counted for so long."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_streak_words,
    )
)


@consumer(STREAK_REACHED, hears_replays=False)
def tell_streak(activity: Activity) -> None:
    """Tell the member, who alone sees it."""
    payload = activity.payload
    notify(
        actor=None,
        member_ids=who_wants_recognition([payload["member_id"]]),
        kind=STREAK,
        activity=activity,
        payload={"number": payload["number"], "unit": payload["unit"]},
    )


def _birthday_words(notice: Notice, _subject: None) -> NoticeWords:
    return NoticeWords(
        title=say("Happy birthday from all of us at %(community)s") % {"community": current_brand().name},
        text=say("You shared the day with us. You can take it back at any time."),
        url="/me/settings/birthday/",
        icon="star",
        button=say("Your birthday"),
    )


BIRTHDAY = register(
    Kind(
        key="ritual.birthday",
        label=_("It is your birthday"),
        why=_("You get this once a year, because you entered your birthday."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_birthday_words,
    )
)


def _season_words(notice: Notice, season: Season) -> NoticeWords:
    return NoticeWords(
        title=say("%(season)s has begun") % {"season": season.name},
        text=season.words,
        url=season.get_absolute_url(),
        icon="star",
        button=say("See what it is about"),
    )


SEASON = register(
    Kind(
        key="ritual.season",
        label=_("A season begins"),
        why=_("You get this because you contributed here lately."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_season_words,
        load=through(lambda _viewer: Season.objects.filter(is_active=True)),
    )
)


def _recap_words(notice: Notice, season: Season) -> NoticeWords:
    numbers = say_numbers(notice.payload["numbers"])
    return NoticeWords(
        title=say("%(season)s is over. Thank you for your part in it.") % {"season": season.name},
        text=say("From you: %(numbers)s") % {"numbers": numbers} if numbers else "",
        url=season.get_absolute_url(),
        icon="star",
        button=say("See what you contributed"),
    )


RECAP = register(
    Kind(
        key="ritual.recap",
        label=_("A season is over"),
        why=_("You get this because you contributed in this season."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_recap_words,
        load=through(lambda _viewer: Season.objects.filter(is_active=True)),
    )
)
_KINDS = {Ritual.BIRTHDAY.value: BIRTHDAY, Ritual.SEASON.value: SEASON, Ritual.RECAP.value: RECAP}


@consumer(GREETED, hears_replays=False)
def tell_greeted(activity: Activity) -> None:
    """Say to a member what their day is. A birthday is no matter of points, so quiet mode does not silence it."""
    payload = activity.payload
    quietly = payload["ritual"] == Ritual.BIRTHDAY
    members = [payload["member_id"]] if quietly else who_wants_recognition([payload["member_id"]])
    subject = None if quietly else ("rituals.season", int(payload["period"]))
    notify(
        actor=None,
        member_ids=members,
        kind=_KINDS[payload["ritual"]],
        activity=activity,
        payload={"numbers": payload["numbers"]},
        subject=subject,
    )
