"""Loads a made community (benchmarks.community) into Porchlight's own tables, and into the lean tables of the floor.

    python -m benchmarks.loading DIR        DATABASE_URL names Porchlight's database; the floor's is made beside it

Bulk COPY into staging tables, then one statement a table. Posts keep the generator's HTML, so that both systems show the
same bytes. Search is indexed by Porchlight's own command.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

HERE = Path(__file__).resolve().parent
FLOOR_DATABASE = "floor"
STAGE = """
CREATE SCHEMA IF NOT EXISTS stage;
DROP TABLE IF EXISTS stage.categories, stage.members, stage.topics, stage.posts, stage.posts_html, stage.likes;
CREATE UNLOGGED TABLE stage.categories (id int, name text, slug text, about text);
CREATE UNLOGGED TABLE stage.members (id int, name text, email text, joined timestamptz);
CREATE UNLOGGED TABLE stage.topics (id int, space int, author int, title text, created timestamptz, views int, pinned bool);
CREATE UNLOGGED TABLE stage.posts (id int, thread int, author int, place int, created timestamptz, body text);
CREATE UNLOGGED TABLE stage.posts_html (id int, html text);
CREATE UNLOGGED TABLE stage.likes (post int, member int, created timestamptz);
"""
FILES = ("categories", "members", "topics", "posts", "posts_html", "likes")
MEMBERS = """
INSERT INTO members_member (id, password, is_superuser, handle, name, email, role, team_title, is_active, trust_level,
  joined_at, restriction_reason, avatar_url, bio_md, bio_html, location, website, language, time_zone, theme, shortcuts_on,
  show_points, show_tier, show_badges, on_leaderboards, quiet_mode, points_earned, points_to_spend, tier, badge_count,
  thread_count, post_count, accepted_count, helped_count, unread_notices)
SELECT id, '!', false, name, name, '', 'member', '', true, 2, joined, '', '', 'I walk.', '<p>I walk.</p>', 'Bergen', '', 'en',
  'UTC', 'system', true, true, true, true, true, false, 300, 120, 'Regular', 3, 0, 0, 0, 0, 0
FROM stage.members
"""
SPACES = """
INSERT INTO spaces_space (id, slug, name, description, access, posting, kind, icon, position, is_archived, thread_count, created_at)
SELECT id, slug, name, left(about, 240), 'public', 'everyone', 'discussion', 'chat', id, false, 0, now() FROM stage.categories
"""
THREADS = """
INSERT INTO threads_thread (id, space_id, author_id, kind, title, excerpt, tags, state, is_locked, pinned_at, last_position,
  reply_count, reaction_count, view_count, last_post_at, last_author_id, created_at, language)
SELECT t.id, t.space, t.author, 'discussion', t.title, left(f.body, 200), '{}', 'visible', false,
  CASE WHEN t.pinned THEN t.created END, x.places, x.places - 1, 0, t.views, x.latest, x.last_author, t.created, ''
FROM stage.topics t
JOIN (SELECT thread, max(place) places, max(created) latest, (array_agg(author ORDER BY place DESC))[1] last_author
        FROM stage.posts GROUP BY thread) x ON x.thread = t.id
JOIN stage.posts f ON f.thread = t.id AND f.place = 1
"""
POSTS = """
INSERT INTO threads_post (id, thread_id, author_id, position, body_md, body_html, render_version, state, state_reason, reactions,
  imported, edit_count, created_at)
SELECT p.id, p.thread, p.author, p.place, p.body, h.html, 1, 'visible', '',
  CASE WHEN l.n IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('helpful', l.n) END, '{}', 0, p.created
FROM stage.posts p JOIN stage.posts_html h USING (id)
LEFT JOIN (SELECT post, count(*) n FROM stage.likes GROUP BY post) l ON l.post = p.id ORDER BY p.id
"""
REACTIONS = """
INSERT INTO threads_reaction (post_id, member_id, kind, created_at)
SELECT l.post, l.member, 'helpful', l.created FROM stage.likes l JOIN stage.posts p ON p.id = l.post AND p.author <> l.member
"""
FOLLOWS = """
INSERT INTO spaces_spacefollow (space_id, member_id, created_at)
SELECT s.id, m.id, now() FROM stage.categories s, stage.members m WHERE s.id <= 5 AND m.id BETWEEN 101 AND 120
"""
NOTICES = """
INSERT INTO activity_activity (verb, actor_id, space_id, target_type, target_pk, payload, quiet, occurred_at)
SELECT 'post.created', p.author, t.space, 'threads.post', p.id, '{}', true, p.created
  FROM stage.posts p JOIN stage.topics t ON t.id = p.thread ORDER BY p.id DESC LIMIT 60
"""


def copy_in(connection: psycopg.Connection[Any], folder: Path) -> None:
    """Fill the staging tables."""
    connection.execute(STAGE)
    for name in FILES:
        with (
            connection.cursor().copy(f"COPY stage.{name} FROM STDIN") as copy,
            (folder / f"{name}.tsv").open("rb") as file,
        ):
            while data := file.read(1 << 20):
                copy.write(data)


def load_porchlight(connection: psycopg.Connection[Any]) -> None:
    """Fill Porchlight's tables from the staging tables."""
    for statement in (MEMBERS, SPACES, THREADS, POSTS, REACTIONS, FOLLOWS):
        connection.execute(statement)
    for table in ("members_member", "spaces_space", "threads_thread", "threads_post"):
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def load_floor(url: str, folder: Path) -> str:
    """Make the floor's database beside Porchlight's and fill it. Returns its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {FLOOR_DATABASE}")
        connection.execute(f"CREATE DATABASE {FLOOR_DATABASE}")
    parts = psycopg.conninfo.conninfo_to_dict(url)
    floor = psycopg.conninfo.make_conninfo("", **{**parts, "dbname": FLOOR_DATABASE})
    with psycopg.connect(floor) as connection:
        copy_in(connection, folder)
        connection.execute((HERE / "floor" / "schema.sql").read_text())
    with psycopg.connect(floor, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return floor


def main() -> None:
    """Load both, and say how long each part took."""
    folder, url = Path(sys.argv[1]), os.environ["DATABASE_URL"]
    started = time.perf_counter()

    def say(what: str) -> None:
        print(f"{time.perf_counter() - started:7.1f} s  {what}", flush=True)

    with psycopg.connect(url) as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("SET session_replication_role = replica")
        copy_in(connection, folder)
        say("staged")
        load_porchlight(connection)
        say("Porchlight's tables filled")
        connection.execute("DROP SCHEMA stage CASCADE")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    say("analysed")
    floor = load_floor(url, folder)
    say("floor filled")
    print(json.dumps({"floor": floor}))


if __name__ == "__main__":
    main()
