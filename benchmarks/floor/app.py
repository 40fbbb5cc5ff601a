"""The floor: Django with nothing but a view, two prepared statements and Jinja2. `FLOOR_DSN` names its database.

    granian --interface wsgi benchmarks.floor.app:wsgi

Every figure of docs/performance.md is a multiple of `/pg/jinja`, measured in the same seconds on the same machine.
"""

import os
import random
import threading
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from psycopg.rows import dict_row

HERE = Path(__file__).resolve().parent
TOPIC = int(os.environ.get("FLOOR_TOPIC", "10001"))
settings.configure(
    DEBUG=False,
    SECRET_KEY="the floor keeps no secrets",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    TEMPLATES=[{"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [HERE / "templates"]}],
)

import django  # noqa: E402

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

POSTS = """
SELECT p.id, p.pos, p.created, p.likes, p.html, m.id mid, m.name FROM post p JOIN member m ON m.id = p.author_id
WHERE p.topic_id = %s AND p.pos BETWEEN %s AND %s ORDER BY p.pos
"""
THREAD = """
SELECT t.id, t.title, t.views, t.posts, c.name cname, c.slug FROM topic t JOIN category c ON c.id = t.category_id WHERE t.id = %s
"""
INSERT = """
INSERT INTO post (topic_id, author_id, pos, created, body, html, tsv)
VALUES (%s, 101, %s, now(), %s, %s, to_tsvector('simple', %s)) RETURNING id
"""
BODY = " ".join(["lorem"] * 100)
local = threading.local()
chance = random.Random()
topic_page = engines["jinja2"].get_template("topic.j2.html")


def connection() -> psycopg.Connection[dict[str, Any]]:
    """One connection a thread."""
    if not hasattr(local, "connection"):
        local.connection = psycopg.connect(
            os.environ["FLOOR_DSN"], autocommit=True, row_factory=dict_row, prepare_threshold=1
        )
    return local.connection


def page(request: HttpRequest) -> HttpResponse:
    """The least a thread page of 20 posts can be."""
    thread = connection().execute(THREAD, (TOPIC,)).fetchone()
    posts = connection().execute(POSTS, (TOPIC, 1, 20)).fetchall()
    return HttpResponse(topic_page.render({"topic": thread, "posts": posts}))


def reply(request: HttpRequest) -> HttpResponse:
    """The least a reply can be: lock and bump the thread, insert the post, insert one activity, commit."""
    one, thread = connection(), chance.randrange(1, 1500)
    bump = "UPDATE topic SET posts = posts + 1, last_at = now(), last_author_id = 101 WHERE id = %s RETURNING posts"
    with one.transaction():
        row = one.execute(bump, (thread,)).fetchone()
        assert row is not None
        made = one.execute(INSERT, (thread, row["posts"], BODY, f"<p>{BODY}</p>", BODY)).fetchone()
        assert made is not None
        one.execute(
            "INSERT INTO activity (member_id, verb, topic_id, post_id) VALUES (101, 1, %s, %s)",
            (thread, made["id"]),
        )
    return HttpResponse(b"%d" % made["id"])


urlpatterns = [
    path("", lambda request: HttpResponse(b"ok")),
    path("bytes/<int:count>", lambda request, count: HttpResponse(b"x" * count)),
    path("pg/jinja", page),
    path("pg/reply", reply),
]
wsgi = WSGIHandler()
