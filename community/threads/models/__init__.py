"""Threads and what is in them.

A foreign key has no index of its own (`db_index=False`) where a constraint or index begins with its column: every row
written pays for every index.
"""

from community.threads.group_calls import GroupCall
from community.threads.models.attention import Because, ReadState, SetAside, ThreadFollow
from community.threads.models.marks import Bookmark, Reaction, ReactionKind
from community.threads.models.posts import Mention, Post, PostRevision
from community.threads.models.rankings import RankedThread, Ranking
from community.threads.models.shown import State, sees_hidden
from community.threads.models.threads import LATEST, Thread
from community.threads.polls import Poll, PollOption, PollResults, PollVote
from community.threads.questions import QuestionCare, QuestionRules, Said
from community.threads.regroupings import Regrouping, RegroupKind
from community.threads.steering import PinAside, Steering, ThreadState, ThreadTimer, TimerKind

__all__ = [
    "LATEST",
    "Because",
    "Bookmark",
    "GroupCall",
    "Mention",
    "PinAside",
    "Poll",
    "PollOption",
    "PollResults",
    "PollVote",
    "Post",
    "PostRevision",
    "QuestionCare",
    "QuestionRules",
    "RankedThread",
    "Ranking",
    "Reaction",
    "ReactionKind",
    "ReadState",
    "RegroupKind",
    "Regrouping",
    "Said",
    "SetAside",
    "State",
    "Steering",
    "Thread",
    "ThreadFollow",
    "ThreadState",
    "ThreadTimer",
    "TimerKind",
    "sees_hidden",
]
