"""Beginning a thread in a browser: nothing typed is ever lost, and every button works without script."""

import io
from typing import Any

import pytest
from PIL import Image

from community.spaces.models import Space, Tag, TagGroup
from community.threads import actions
from community.threads.models import Thread
from community.writing.actions import save_draft
from community.writing.models import Draft

HTMX = {"HX-Request": "true"}
TYPED = {
    "kind": "question",
    "space": "help",
    "title": "Can I wash a down bag at home?",
    "body": "Three winters old and it smells **a little** of campfire.",
    "tags": "Sleeping bags, Care and repair",
}


def fields_of(text: str) -> dict[str, bool]:
    return {
        "title": f"{TYPED['title']}</textarea>" in text,
        "body": f"{TYPED['body']}</textarea>" in text,
        "tags": TYPED["tags"] in text,
    }


def test_a_guest_is_asked_to_sign_in_and_comes_back(sign_in: Any, db: None) -> None:
    response = sign_in(None).get("/new/?kind=question&space=help")

    assert response.status_code == 302
    assert "next=%2Fnew%2F%3Fkind%3Dquestion" in response["Location"]


def test_a_question_is_posted(sign_in: Any, alice: Any, space: Any) -> None:
    save_draft(actor=alice, key="new-thread", title="Half", body="Half a text")

    response = sign_in(alice).post("/new/", TYPED)

    thread = Thread.objects.get()
    assert response.status_code == 303
    assert response["Location"] == thread.get_absolute_url()
    assert thread.tags == ["sleeping-bags", "care-and-repair"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "Hm"),
        ("title", "x" * 200),
        ("body", ""),
        ("body", "x"),
        ("space", "nowhere"),
        ("kind", "poem"),
        ("tags", "a,b,c,d,e,f,g"),
    ],
)
def test_what_needs_another_look_is_said_and_kept(
    field: str, value: str, sign_in: Any, alice: Any, space: Any
) -> None:
    response = sign_in(alice).post("/new/", {**TYPED, field: value})

    text = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in text
    assert 'id="error-summary"' in text
    assert all(kept for name, kept in fields_of(text).items() if name != field)
    assert not Thread.objects.exists()


def test_a_space_for_the_team_is_not_offered_to_others(
    sign_in: Any, alice: Any, mod: Any, space: Any
) -> None:
    Space.objects.create(slug="news", name="News from the team", posting="staff")
    Space.objects.create(slug="old", name="An archive", is_archived=True)

    offered = {who: sign_in(who).get("/new/").content.decode() for who in (alice, mod)}

    assert '<option value="news"' not in offered[alice]
    assert '<option value="news"' in offered[mod]
    assert '<option value="old"' not in offered[mod]
    assert sign_in(alice).post("/new/", {**TYPED, "space": "news"}).status_code == 422


def test_a_private_space_cannot_be_guessed(sign_in: Any, alice: Any, space: Any, private_space: Any) -> None:
    client = sign_in(alice)

    assert private_space.name not in client.get(f"/new/?space={private_space.slug}").content.decode()
    assert client.post("/new/", {**TYPED, "space": private_space.slug}).status_code == 422


def test_who_may_not_write_is_told_why_and_loses_nothing(sign_in: Any, mallory: Any, space: Any) -> None:
    client = sign_in(mallory)

    shown = client.get("/new/")
    sent = client.post("/new/", {**TYPED, "space": "help"})

    assert "paused until" in shown.content.decode()
    assert sent.status_code == 422
    assert fields_of(sent.content.decode())["body"]
    assert not Thread.objects.exists()


def test_the_preview_button_works_without_script(sign_in: Any, alice: Any, space: Any) -> None:
    response = sign_in(alice).post("/new/", {**TYPED, "do": "preview"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "<strong>a little</strong>" in text
    assert all(fields_of(text).values())
    assert not Thread.objects.exists()


def test_a_picture_is_put_into_the_text_without_script(sign_in: Any, alice: Any, space: Any) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    file.seek(0)
    file.name = "camp.png"

    response = sign_in(alice).post("/new/", {**TYPED, "do": "picture", "file": file})

    text = response.content.decode()
    assert response.status_code == 200
    assert "![camp](/files/" in text
    assert TYPED["title"] in text


def test_a_file_that_is_no_picture_is_told_and_nothing_lost(sign_in: Any, alice: Any, space: Any) -> None:
    file = io.BytesIO(b"not a picture at all")
    file.name = "camp.png"

    response = sign_in(alice).post("/new/", {**TYPED, "do": "picture", "file": file})

    assert response.status_code == 200
    assert all(fields_of(response.content.decode()).values())


def test_save_and_close_keeps_everything(sign_in: Any, alice: Any, space: Any) -> None:
    Space.objects.create(slug="gear", name="Gear talk", position=2)
    client = sign_in(alice)

    closed = client.post("/new/", {**TYPED, "space": "gear", "kind": "discussion", "do": "draft"})
    drafts = client.get("/drafts/").content.decode()
    again = client.get("/new/").content.decode()

    assert closed["Location"] == "/drafts/"
    assert TYPED["title"] in drafts
    assert all(fields_of(again).values())
    assert 'value="discussion" checked' in again
    assert '<option value="gear" selected' in again


def test_typing_is_kept_by_itself(sign_in: Any, alice: Any, space: Any) -> None:
    client = sign_in(alice)

    kept = client.post("/new/draft/", TYPED, headers=HTMX)
    nothing = client.post("/new/draft/", {"title": "", "body": ""}, headers=HTMX)

    assert "Draft saved" in kept.content.decode()
    assert "Draft saved" not in nothing.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(sign_in: Any, alice: Any, space: Any) -> None:
    client = sign_in(alice)
    client.post("/new/draft/", TYPED)

    response = client.post("/drafts/discard/", {"key": "new-thread", "next": "/drafts/"})

    assert response["Location"] == "/drafts/"
    assert "No drafts" in client.get("/drafts/").content.decode()


def test_similar_threads_are_shown_while_typing(
    sign_in: Any, alice: Any, bob: Any, space: Any, private_space: Any, make_thread: Any
) -> None:
    from community.spaces.models import SpaceMembership

    make_thread(alice, space, title="Washing a down bag in a bathtub", body="Which soap does not hurt it?")
    SpaceMembership.objects.create(space=private_space, member=alice)
    make_thread(alice, private_space, title="Down bag of next year", body="Nobody outside may hear of it.")

    typing = sign_in(bob).get("/new/similar/", {"title": TYPED["title"]}, headers=HTMX).content.decode()
    nothing = sign_in(bob).get("/new/similar/", {"title": ""}, headers=HTMX).content.decode()

    assert "Washing a down bag in a bathtub" in typing
    assert "Down bag of next year" not in typing
    assert "These look close" not in nothing


def test_the_accepted_answer_is_told_beside_a_question_like_it(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(
        alice, space, title="Washing a down bag in a bathtub", body="Which soap does not hurt it?"
    )
    answer = make_reply(bob, thread, body="Use **special** soap. ||Never|| wring it.")
    actions.accept_answer(actor=alice, post=answer)

    typing = sign_in(bob).get("/new/similar/", {"title": "Washing a down bag"}, headers=HTMX).content.decode()

    assert "Use special soap. … wring it." in typing


def test_letters_after_a_sign_bring_people_places_and_emoji(
    sign_in: Any, alice: Any, bob: Any, space: Any, private_space: Any, make_thread: Any
) -> None:
    make_thread(alice, space, title="Tents for two", tags=["tents"])

    def offered(sign: str, letters: str) -> str:
        return sign_in(alice).get("/suggest/", {"sign": sign, "q": letters}).content.decode()

    assert f'data-value="@{bob.handle}"' in offered("@", bob.handle[:2])
    assert alice.handle not in offered("@", alice.handle[:3])
    assert f'data-value="[#{space.slug}](/s/{space.slug}/)"' in offered("#", space.slug[:3])
    assert 'data-value="[#tents](/tags/tents/)"' in offered("#", "ten")
    assert private_space.slug not in offered("#", private_space.slug[:4])
    assert 'data-value="👍"' in offered(":", "thumbs")
    for sign, letters in (("@", ""), ("x", "bob"), ("#", "\x00"), (":", "'")):
        assert 'role="option"' not in offered(sign, letters)


def test_asking_for_names_is_limited(sign_in: Any, alice: Any, limits_on: Any) -> None:
    limits_on(**{"threads.suggest": "1/min"})
    client = sign_in(alice)

    assert [client.get("/suggest/?sign=@&q=b").status_code for _time in range(2)] == [200, 429]


@pytest.mark.parametrize(
    "query", ["?kind=poem", "?space=nowhere", "?kind=discussion", "?title=%3Cb%3E", "?kind=%00&space=%27"]
)
def test_any_address_opens_the_composer(query: str, sign_in: Any, alice: Any, space: Any) -> None:
    response = sign_in(alice).get(f"/new/{query}")

    assert response.status_code == 200
    assert "<b></textarea>" not in response.content.decode()


def test_a_community_without_spaces_says_so(sign_in: Any, alice: Any) -> None:
    assert sign_in(alice).get("/new/").status_code == 200
    assert sign_in(alice).post("/new/", TYPED).status_code == 422


def test_previews_are_limited_and_lose_nothing(sign_in: Any, alice: Any, space: Any, limits_on: Any) -> None:
    limits_on(**{"writing.preview": "1/min"})
    client = sign_in(alice)

    answers = [client.post("/new/", {**TYPED, "do": "preview"}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    page = answers[1].content.decode()
    assert "That was a lot in a short time" in page and TYPED["title"] in page


def test_asking_for_close_threads_is_limited(sign_in: Any, alice: Any, limits_on: Any) -> None:
    limits_on(**{"threads.similar": "1/min"})
    client = sign_in(alice)

    assert [client.get("/new/similar/?title=tent").status_code for _time in range(2)] == [200, 429]


def test_the_composer_says_which_topics_a_space_asks_for(sign_in: Any, alice: Any, space: Any) -> None:
    assert "asks for one of these topics" not in sign_in(alice).get("/new/").content.decode()
    group = TagGroup.objects.create(name="Models")
    Tag.objects.create(slug="sarek", name="Sarek", group=group)
    space.required_group = group
    space.save()

    page = sign_in(alice).get("/new/").content.decode()

    assert "Help and how-to asks for one of these topics: Sarek." in page


def test_what_holds_for_topics_follows_the_space_that_is_chosen(
    sign_in: Any, alice: Any, mod: Any, space: Any
) -> None:
    group = TagGroup.objects.create(name="Models")
    Tag.objects.create(slug="sarek", name="Sarek", group=group)
    Tag.objects.create(slug="official", name="Official", is_restricted=True)
    space.required_group = group
    space.save()

    shown = sign_in(alice).get("/new/topics/?space=help").content.decode()

    assert "This space asks for one of these topics: Sarek." in shown
    assert "Only the team uses: Official." in shown
    assert "Only the team uses" not in sign_in(mod).get("/new/topics/?space=help").content.decode()
    assert "topics" not in sign_in(alice).get("/new/topics/?space=nowhere").content.decode()
    assert "Only the team uses: Official." in sign_in(alice).get("/new/?space=help").content.decode()


@pytest.mark.django_db
def test_where_no_space_is_open_the_composer_says_so_instead_of_failing_later(
    sign_in: Any, alice: Any, space: Any
) -> None:
    Space.objects.all().update(is_archived=True)

    page = sign_in(alice).get("/new/").content.decode()

    assert "Nowhere to post yet" in page
    assert 'name="body"' not in page


@pytest.mark.django_db
def test_only_an_administrator_is_led_to_where_a_space_is_opened(
    sign_in: Any, alice: Any, admin: Any
) -> None:
    for path in ("/new/", "/spaces/"):
        assert "/admin/spaces/space/add/" not in sign_in(alice).get(path).content.decode()
        assert "/admin/spaces/space/add/" in sign_in(admin).get(path).content.decode()
