"""The manager's pages of watched words, and the API."""

import json
from typing import Any

from community.moderation.models import WatchedWord

BASE = "/admin/moderation/watchedword/"
FLAGS = {"in_title": "on", "in_body": "on"}


def test_a_word_is_added_changed_and_removed_in_the_admin(sign_in: Any, manager: Any) -> None:
    client = sign_in(manager)

    added = client.post(f"{BASE}add/", {"word": "casino", "action": "hold", **FLAGS})
    word = WatchedWord.objects.get()
    changed = client.post(f"{BASE}{word.pk}/change/", {"word": "casino*", "action": "block", **FLAGS})
    hostile = client.post(f"{BASE}add/", {"word": "(a+)+$b", "is_regex": "on", "action": "hold", **FLAGS})

    assert (added.status_code, changed.status_code) == (302, 302)
    word.refresh_from_db()
    assert (word.word, word.action, word.changed_by) == ("casino*", "block", manager)
    assert WatchedWord.objects.count() == 1
    assert hostile.status_code == 200
    assert client.post(f"{BASE}{word.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not WatchedWord.objects.exists()


def test_trying_and_bringing(sign_in: Any, manager: Any, mod: Any) -> None:
    client = sign_in(manager)

    brought = client.post(f"{BASE}tools/", {"do": "bring", "text": "casino\nlotto", "action": "hold"})
    tried = client.post(f"{BASE}tools/", {"do": "try", "title": "", "body": "A сasino and a tent"})
    wrong = client.post(f"{BASE}tools/", {"do": "bring", "text": "***", "action": "hold"})

    assert brought.status_code == 302
    assert "сasino" in tried.content.decode() and "tent" in tried.content.decode()
    assert wrong.status_code == 422
    table = client.get(f"{BASE}table/")
    assert table.content.decode().splitlines()[1].startswith("casino,hold")
    for path in ("", "tools/", "table/", "add/"):
        assert sign_in(mod).get(BASE + path).status_code in (302, 403)
    assert WatchedWord.objects.count() == 2


def test_the_api_does_the_same(sign_in: Any, manager: Any, alice: Any, mod: Any) -> None:
    client = sign_in(manager)

    def send(method: str, path: str, body: Any, who: Any = client) -> Any:
        return who.generic(
            method, f"/api/v1/moderation/words{path}", json.dumps(body), content_type="application/json"
        )

    added = send("POST", "", {"word": "casino", "action": "hold"})
    pk = added.json()["id"]

    assert added.status_code == 201
    assert send("POST", "", {"word": "(a+)+$b", "action": "hold", "is_regex": True}).status_code == 422
    assert send("PATCH", f"/{pk}", {"action": "block"}).json()["action"] == "block"
    assert send("POST", "/try", {"body": "A casino"}).json()["found"][0]["word_id"] == pk
    assert send("POST", "/list", {"text": "lotto"}).json() == {"added": 1, "known": 0}
    assert "lotto" in client.get("/api/v1/moderation/words/list").json()["text"]
    assert len(client.get("/api/v1/moderation/words").json()["results"]) == 2
    for who in (alice, mod):
        refused = send("POST", "", {"word": "other", "action": "hold"}, sign_in(who))
        assert refused.status_code == 403
        assert sign_in(who).get("/api/v1/moderation/words").status_code == 403
        assert send("DELETE", f"/{pk}", {}, sign_in(who)).status_code in (403, 404)
    assert send("DELETE", f"/{pk}", {}).status_code == 204
    assert WatchedWord.objects.get().word == "lotto"
