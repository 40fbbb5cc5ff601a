"""The one notice that quests bring: that one is finished."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, NoticeWords, Purpose, register, through
from rewards.points.panels import who_wants_recognition
from rewards.points.words import translated
from rewards.quests.models import Choice, Taking, TakingState
from rewards.quests.queries import say_reward
from rewards.quests.verbs import QUEST_FINISHED


def _words(notice: Notice, taking: Taking) -> NoticeWords:
    quest = taking.quest
    return NoticeWords(
        title=say("You finished “%(quest)s”") % {"quest": translated(quest.name)},
        text=say_reward(quest) or translated(quest.why),
        url=quest.get_absolute_url(),
        icon="compass",
        button=say("See what you did"),
    )


FINISHED = register(
    Kind(
        key="quest.finished",
        label=_("You finish a quest"),
        why=_("You get this once, because you did all steps of a quest."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        load=through(
            lambda viewer: Taking.objects.filter(member=viewer, state=TakingState.FINISHED).select_related(
                "quest__badge"
            )
        ),
        words=_words,
    )
)


@consumer(QUEST_FINISHED, hears_replays=False)
def tell_finisher(activity: Activity) -> None:
    """Tell the member once, unless they hid quests or turned recognition off."""
    wanting = who_wants_recognition([activity.payload["member_id"]])
    hiding = Choice.objects.filter(member__in=wanting, hides=True).values_list("member_id", flat=True)
    notify(actor=None, member_ids=sorted(set(wanting) - set(hiding)), kind=FINISHED, activity=activity)
