"""Old addresses lead to where things are now."""

from pathlib import Path
from typing import Any

import pytest

from community.importing.actions import import_community
from community.importing.discourse import DiscourseReader
from community.importing.models import ExternalReference
from community.importing.stackexchange import StackExchangeReader
from community.members.models import Member
from community.spaces.models import Access
from community.threads.models import Post, Thread
from tests.community.importing import archives


@pytest.fixture
def imported(tmp_path: Path, space: Any) -> None:
    """A small archive of Stack Exchange, and one of Discourse whose numbers overlap."""
    reader = StackExchangeReader(archives.stackexchange(tmp_path / "dump"))
    import_community(actor=None, reader=reader, space=space, processes=1)
    posts = [archives.discourse_post(n, id=70 + n, topic_id=7000) for n in (1, 2)]
    topic = {"id": 7000, "title": "From the other place", "post_stream": {"posts": posts}}
    path = archives.discourse(tmp_path / "a.tar.xz", topic)
    import_community(actor=None, reader=DiscourseReader(path), space=space, processes=1)


def test_an_old_question_leads_to_its_thread_however_it_was_written(client: Any, imported: None) -> None:
    known = ExternalReference.objects.filter(kind="thread").exclude(external_id="7000").order_by("id")[0]
    thread = Thread.objects.get(pk=known.target_pk)

    for path in (
        f"/questions/{known.external_id}/",
        f"/questions/{known.external_id}/any-old-words/",
        f"/q/{known.external_id}/",
        f"/q/{known.external_id}/42/",
    ):
        answer = client.get(path)
        assert answer.status_code == 301, path
        assert client.get(answer["Location"], follow=True).status_code == 200
    assert client.get(f"/questions/{known.external_id}/")["Location"] == thread.get_absolute_url()


def test_an_old_topic_leads_to_the_post_of_its_number(client: Any, imported: None) -> None:
    second = Post.objects.get(thread__title="From the other place", position=2)

    assert client.get("/t/from-the-other-place/7000/")["Location"] == second.thread.get_absolute_url()
    assert client.get("/t/other-words/7000/2/")["Location"] == second.get_absolute_url()
    assert client.get("/t/other-words/7000/999/")["Location"] == second.thread.get_absolute_url()
    assert client.get("/t/other-words/7000/99999999999999999999/").status_code == 301


def test_old_profiles_and_tags_lead_to_the_new_ones(client: Any, imported: None) -> None:
    known = ExternalReference.objects.filter(kind="member").order_by("-id")[0]
    member = Member.objects.get(pk=known.target_pk)

    assert client.get(f"/users/{known.external_id}/old-name/")["Location"] == member.get_absolute_url()
    assert client.get(f"/u/{member.handle}/")["Location"] == f"/@{member.handle}/"
    assert client.get("/questions/tagged/stoves/")["Location"] == "/tags/stoves/"
    assert client.get("/tag/stoves/")["Location"] == "/tags/stoves/"


def test_a_missing_slash_at_the_end_is_no_dead_end(client: Any, imported: None) -> None:
    assert client.get("/t/other-words/7000", follow=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/questions/999999999/", "/a/999999999/", "/users/999999999/", "/t/words/999999999999999999999999/1/"],
)
def test_what_was_never_there_is_not_found(path: str, client: Any, imported: None) -> None:
    assert client.get(path).status_code == 404


def test_what_is_hidden_looks_like_what_is_absent(client: Any, imported: None, space: Any) -> None:
    space.access = Access.PRIVATE
    space.save()

    assert client.get("/t/other-words/7000/").status_code == 404
    assert client.get("/t/other-words/7000/2/").status_code == 404
