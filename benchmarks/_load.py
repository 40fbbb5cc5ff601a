"""Twenty members who post, reply and react through the API, each with a journal of what they were told succeeded."""

import http.client
import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

# How long a member asks again, with the same key, before it counts as an outage.
PATIENCE = 90.0


@dataclass
class Done:
    """One acknowledged act."""

    what: str
    marker: str
    id: int
    seconds: float
    tries: int


@dataclass
class Journal:
    """What all members were told, and how long they waited."""

    done: list[Done] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, done: Done) -> None:
        """Write down a success."""
        with self.lock:
            self.done.append(done)

    def count(self, status: int) -> None:
        """Count an answer; 0 is none at all."""
        with self.lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1

    def of(self, what: str) -> list[Done]:
        """The successes of one kind."""
        return [done for done in self.done if done.what == what]


class Crowd:
    """Members at work until they are stopped; they may be paused in between."""

    def __init__(self, port: int, tokens: list[str], threads: list[int], pause: float) -> None:
        self.port, self.pause = port, pause
        self.journal = Journal()
        self.threads = list(threads)
        self.posts: list[int] = []
        self.working = threading.Event()
        self.stopped = threading.Event()
        self.busy = 0
        self.busy_lock = threading.Lock()
        self.people = [threading.Thread(target=self._live, args=(token,), daemon=True) for token in tokens]

    def start(self) -> None:
        """Let them begin."""
        self.working.set()
        for person in self.people:
            person.start()

    def rest(self) -> None:
        """Let everyone finish what they are at, and wait."""
        self.working.clear()
        deadline = time.monotonic() + PATIENCE
        while self.busy and time.monotonic() < deadline:
            time.sleep(0.05)

    def end(self) -> None:
        """Send everyone home."""
        self.stopped.set()
        self.working.set()
        for person in self.people:
            person.join(timeout=PATIENCE)

    def _live(self, token: str) -> None:
        chance = random.Random(token)
        while not self.stopped.is_set():
            self.working.wait()
            if self.stopped.is_set():
                return
            with self.busy_lock:
                self.busy += 1
            try:
                self._act(token, chance)
            finally:
                with self.busy_lock:
                    self.busy -= 1
            time.sleep(self.pause * chance.uniform(0.5, 1.5))

    def _act(self, token: str, chance: random.Random) -> None:
        marker = f"mark{uuid.uuid4().hex}"
        wish = chance.random()
        if wish < 0.5 or not self.posts:
            thread = chance.choice(self.threads)
            body = {"body": f"I would try {marker} first, it held for me."}
            answer = self._insist("reply", "POST", f"threads/{thread}/posts", body, token, marker)
            if answer is not None:
                self.posts.append(answer["id"])
        elif wish < 0.6:
            body = {"space": "help", "kind": "question", "title": f"What about {marker[:20]}?", "tags": []}
            answer = self._insist(
                "thread", "POST", "threads", {**body, "body": f"Has anyone {marker}?"}, token, marker
            )
            if answer is not None:
                self.threads.append(answer["id"])
        else:
            post = chance.choice(self.posts)
            kind = chance.choice(["helpful", "thanks"])
            self._insist(
                "reaction", "PUT", f"posts/{post}/reactions/{kind}", {}, token, f"{kind}:{token[4:14]}"
            )

    def _insist(self, what: str, method: str, path: str, body: Any, token: str, marker: str) -> Any:
        """Ask until there is an answer that settles it, always with the same key."""
        key, began, tries = str(uuid.uuid4()), time.monotonic(), 0
        while time.monotonic() - began < PATIENCE:
            tries += 1
            status, answer = self._ask(method, path, body, token, key)
            self.journal.count(status)
            if status in (200, 201):
                number = answer["id"]
                self.journal.note(Done(what, marker, number, time.monotonic() - began, tries))
                return answer
            if status in (403, 404, 422):
                with self.journal.lock:
                    code = str(answer.get("code", status)) if isinstance(answer, dict) else str(status)
                    self.journal.refused[code] = self.journal.refused.get(code, 0) + 1
                return None
            time.sleep(0.3 if status in (0, 409) else 1.0)
        with self.journal.lock:
            self.journal.given_up.append(f"{method} {path} {key}")
        return None

    def _ask(self, method: str, path: str, body: Any, token: str, key: str) -> tuple[int, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(
                method,
                f"/api/v1/{path}",
                body=json.dumps(body),
                headers={
                    "Authorization": f"Bearer {token}",
                    "Content-Type": "application/json",
                    "Idempotency-Key": key,
                },
            )
            answer = line.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        except (OSError, http.client.HTTPException, ValueError):
            return 0, None
        finally:
            line.close()
