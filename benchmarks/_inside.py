"""Pieces of Python that run beside the site, with its settings: preparing it, ringing its bells, looking at what is true."""

BEGIN = """
import json, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django
django.setup()
from community.members.models import Member
"""

PREPARE = (
    BEGIN
    + """
from community.integrations.actions import create_api_key
from community.integrations.scopes import WRITING
from community.spaces.models import Space
from community.threads.actions import start_thread
admin = Member.objects.create_superuser(
    "keeper", "keeper@example.org", None, name="Keeper", has_second_factor=True)
space = Space.objects.create(slug="help", name="Help", kind="question")
tokens, threads = [], []
for number in range(int(sys.argv[1])):
    member = Member.objects.create_user(
        f"member{number}", f"member{number}@example.org", None, name=f"Member {number}", trust_level=2)
    tokens.append(create_api_key(actor=admin, member=member, name="Load", scopes=WRITING)[1])
    if number < 8:
        thread = start_thread(actor=member, space=space, title=f"Which pole number {number} holds in a gale?",
            body="Two friends snapped theirs.", kind="question", tags=[])
        threads.append(thread.pk)
print(json.dumps({"tokens": tokens, "threads": threads}))
"""
)

# Every task that delivers, three times each and in any order, for as long as told.
RING = (
    BEGIN
    + """
import random, time
from config.celery import app
tasks = ["activity.deliver_due", "activity.sweep", "notifications.send_due"]
until, rung = time.monotonic() + float(sys.argv[1]), 0
while time.monotonic() < until:
    batch = tasks * 3
    random.shuffle(batch)
    for name in batch:
        app.send_task(name, queue=random.choice(["critical", "default"]), ignore_result=True)
        rung += 1
    time.sleep(0.2)
print(json.dumps(rung))
"""
)

# Wait until nothing is owed: promises that are due. Prints what is left and at what time nothing was.
BACKLOG = (
    BEGIN
    + """
import time
from community.activity.models import Delivery
until = time.time() + float(sys.argv[1])
while True:
    open_ = Delivery.objects.filter(done_at=None, dead_at=None)
    due = open_.count()
    if not due or time.time() > until:
        break
    time.sleep(0.2)
print(json.dumps({"due": due, "at": time.time(), "errors": list(open_.exclude(error="").values_list("error", flat=True)[:3]),
    "dead": Delivery.objects.exclude(dead_at=None).count()}))
"""
)

JUDGE = (
    BEGIN
    + """
from collections import Counter
from django.db.models import Count, F, Sum
from community.activity.models import Activity, Delivery
from community.notifications.models import Notice, NoticeCause, OutboundMail
from community.threads.models import Post, Reaction, Thread
from rewards.badges.models import Award
from rewards.points.models import Transfer
journal = json.load(open(sys.argv[1]))
lost, twice = [], []
bodies = {}
for pk, body in Post.objects.values_list("pk", "body_md"):
    for word in body.replace("?", " ").split():
        if word.startswith("mark"):
            bodies.setdefault(word, []).append(pk)
for what, marker, pk in journal:
    if what == "reaction":
        kind, prefix = marker.split(":")
        if not Reaction.objects.filter(post_id=pk, kind=kind, member__api_keys__prefix=prefix).exists():
            lost.append(f"reaction {marker} to post {pk}")
    elif marker not in bodies:
        lost.append(f"{what} {marker}")
    elif what == "reply" and bodies[marker] != [pk]:
        twice.append(f"reply {marker}: {bodies[marker]}, told {pk}")
twice += [f"{marker} stands in posts {pks}" for marker, pks in bodies.items() if len(pks) > 1]

def more_than_once(name, rows):
    twice.extend(f"{name}: {row}" for row in rows[:5])

more_than_once("activity", list(Activity.objects.filter(verb__in=["post.created", "thread.created", "thread.started"])
    .values("verb", "target_pk").annotate(n=Count("pk")).filter(n__gt=1)))
more_than_once("points", list(Transfer.objects.filter(kind="award").exclude(source_id=None)
    .values("rule_key", "source_type", "source_id", "member", "round").annotate(n=Count("pk")).filter(n__gt=1)))
more_than_once("badge", list(Award.objects.values("badge", "member", "period").annotate(n=Count("pk")).filter(n__gt=1)))
more_than_once("notice", list(NoticeCause.objects.values("activity", "member").annotate(n=Count("pk")).filter(n__gt=1)))
more_than_once("mail", list(OutboundMail.objects.values("kind", "activity", "member")
    .annotate(n=Count("pk")).filter(n__gt=1)))
events = Notice.objects.aggregate(n=Sum("event_count"))["n"] or 0
causes = NoticeCause.objects.count()
if causes and events != causes:
    twice.append(f"notices tell of {events} events, {causes} happened")
# What happened and was not heard by all who must hear it.
posts = Post.objects.count()
for verb, rows in (("post.created", posts),):
    told = Activity.objects.filter(verb=verb).count()
    if told not in (rows, rows - Thread.objects.count()):
        lost.append(f"{rows} posts, {told} activities")
open_ = Delivery.objects.filter(done_at=None).count()
if open_:
    lost.append(f"{open_} promises are not kept")
print(json.dumps({"lost": lost[:20], "twice": twice[:20], "posts": posts, "threads": Thread.objects.count(),
    "reactions": Reaction.objects.count(), "activities": Activity.objects.count(), "transfers": Transfer.objects.count(),
    "awards": Award.objects.count(), "notices": Notice.objects.count(), "mails": OutboundMail.objects.count()}))
"""
)
