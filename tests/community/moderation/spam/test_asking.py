"""The outside checker, spoken to by a real server: what it is told, what it says, and that its silence changes nothing."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from community.moderation.models import Band, Case, CaseState, Judgement
from community.moderation.spam import asking
from community.moderation.spam.asking import Unusable, ask_checker, read_opinion, sign
from community.threads.actions import reply_to_thread
from community.threads.models import Post, State

BODY = "The very best tents of all are found at https://tents.example, tell everybody you know"


class Checker:
    """What the server is told to answer, and what it heard."""

    def __init__(self) -> None:
        self.status, self.said = 200, b'{"score": 100, "reason": "Known campaign"}'
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.url = ""


@pytest.fixture
def checker(settings: Any) -> Iterator[Checker]:
    """A service on this machine, trusted as one of the own network is."""
    known = Checker()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.heard.append((dict(self.headers), body))
            self.send_response(known.status)
            self.send_header("Content-Length", str(len(known.said)))
            self.end_headers()
            self.wfile.write(known.said)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known.url = f"http://127.0.0.1:{server.server_port}"
    settings.SPAM_CHECKER_URL = known.url + "/check"
    settings.SPAM_CHECKER_SECRET = "a secret between us"
    settings.EGRESS_TRUSTED = [known.url]
    cache.delete_many([asking._FAILED, asking._RESTS])
    yield known
    cache.delete_many([asking._FAILED, asking._RESTS])
    server.shutdown()
    server.server_close()


@pytest.fixture
def post(checker: Checker, alice: Any, space: Any, make_thread: Any, make_member: Any) -> Post:
    """What somebody new wrote, shown and judged."""
    thread = make_thread(alice, space)
    nina = make_member("nina", trust_level=0, name="Nina Noord")
    return reply_to_thread(actor=nina, thread=thread, body=BODY)


def test_it_is_told_the_text_signed_and_nobody_s_name(checker: Checker, post: Post) -> None:
    assert ask_checker() == 1

    (headers, body), said = checker.heard[0], json.loads(checker.heard[0][1])
    assert said["text"] == BODY
    assert said["sites"] == ["tents.example"]
    assert (said["place"], said["trust_level"], said["account_age_hours"]) == ("reply", 0, 0)
    assert b"nina" not in body.lower() and b"noord" not in body.lower() and b"example.org" not in body
    moment = headers["Porchlight-Signature"].split(",")[0].removeprefix("t=")
    expected = hmac.new(b"a secret between us", moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["Porchlight-Signature"] == f"t={moment},v1={expected}" == sign(body, int(moment))
    # Once.
    assert ask_checker() == 0
    assert len(checker.heard) == 1


def test_a_text_it_is_sure_of_is_hidden_until_the_team_decides(
    checker: Checker, post: Post, set_number: Any, deliver_all: Any
) -> None:
    from community.moderation.actions import decide_case, undo_decision
    from community.notifications.models import Notice

    set_number("moderation.spam_outside", 80)
    ask_checker()
    deliver_all()

    post.refresh_from_db()
    judged, case = Judgement.objects.get(), Case.objects.get(kind="spam_shown")
    assert post.state == State.HIDDEN
    assert "checker" in post.state_reason
    assert (judged.band, judged.signals["outside"], judged.check_note) == (Band.HOLD, 1.0, "Known campaign")
    assert case.facts["outside"] == "Known campaign"
    notice = Notice.objects.get(member=post.author, kind="moderation.auto_hidden")
    assert notice.payload["case_id"] == case.pk

    mod = _moderator()
    decide_case(actor=mod, case=case, decision="keep", reason="")
    post.refresh_from_db()
    assert post.state == State.VISIBLE
    case.refresh_from_db()
    undo_decision(actor=mod, case=case)
    post.refresh_from_db()
    assert post.state == State.HIDDEN


def test_whoever_wrote_it_can_appeal(checker: Checker, post: Post, set_number: Any) -> None:
    from community.moderation.appeals.permissions import can_appeal_case

    set_number("moderation.spam_outside", 80)
    ask_checker()

    assert can_appeal_case(post.author, Case.objects.get())


def test_the_page_of_the_case_says_what_it_said(checker: Checker, post: Post, set_number: Any) -> None:
    from community.moderation.kinds.spam import explain

    set_number("moderation.spam_outside", 80)
    ask_checker()

    said = [(fact.label, fact.value, fact.why) for fact in explain(Case.objects.get())]
    assert any("checker" in name and value == "+80" and why == "Known campaign" for name, value, why in said)


def test_a_doubt_is_shown_and_put_before_the_team(checker: Checker, post: Post) -> None:
    checker.said = b'{"score": 80}'
    before = Judgement.objects.get().score

    ask_checker()

    post.refresh_from_db()
    judged = Judgement.objects.get()
    assert (post.state, judged.score, judged.band) == (State.VISIBLE, before + 48, Band.QUEUE)
    assert Case.objects.get().state == CaseState.OPEN


def test_a_clean_word_changes_nothing_but_the_judgement(checker: Checker, post: Post) -> None:
    checker.said = b'{"score": 0, "reason": "fine"}'

    ask_checker()

    assert Judgement.objects.get().check_note == "fine"
    assert Judgement.objects.get().band == Band.PASS
    assert not Case.objects.exists()


def test_what_the_team_found_already_stays(checker: Checker, post: Post, set_number: Any) -> None:
    set_number("moderation.spam_outside", 80)
    Judgement.objects.update(outcome="fine")

    ask_checker()

    post.refresh_from_db()
    assert post.state == State.VISIBLE
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, b'{"score": 100}'),
        (302, b""),
        (200, b""),
        (200, b"[]"),
        (200, b'{"score": "100"}'),
        (200, b'{"score": true}'),
        (200, b'{"score": 101}'),
        (200, b'{"score": NaN}'),
        (200, b'{"score": 100, "reason": 7}'),
        (200, b"\xff\xfe"),
        (200, b"[" * 60_000),
    ],
)
def test_no_answer_changes_nothing(checker: Checker, post: Post, status: int, said: bytes) -> None:
    checker.status, checker.said = status, said
    before = Judgement.objects.values("score", "band", "signals").get()

    assert ask_checker() == 0

    post.refresh_from_db()
    assert post.state == State.VISIBLE
    assert Judgement.objects.values("score", "band", "signals").get() == before
    judged = Judgement.objects.get()
    assert judged.check_attempts == 1 and judged.check_due_at > timezone.now()
    assert not Case.objects.exists()


def test_after_several_failures_it_rests_and_in_the_end_is_not_asked_again(
    checker: Checker, post: Post
) -> None:
    checker.status = 503
    for turn in range(1, 6):
        Judgement.objects.update(check_due_at=timezone.now())
        ask_checker()
        assert Judgement.objects.get().check_attempts == turn

    assert Judgement.objects.get().check_due_at is None
    Judgement.objects.update(check_due_at=timezone.now())
    ask_checker()
    assert len(checker.heard) == 5


def test_an_address_in_ones_own_network_is_called_only_when_it_is_trusted(
    checker: Checker, post: Post, settings: Any
) -> None:
    settings.EGRESS_TRUSTED = []

    assert ask_checker() == 0
    assert checker.heard == []


def test_without_a_secret_nobody_is_asked(
    settings: Any, alice: Any, space: Any, make_thread: Any, make_member: Any
) -> None:
    settings.SPAM_CHECKER_URL, settings.SPAM_CHECKER_SECRET = "https://checker.example/", ""

    reply_to_thread(actor=make_member("nina", trust_level=0), thread=make_thread(alice, space), body=BODY)

    assert Judgement.objects.get().check_due_at is None
    assert ask_checker() == 0


def test_a_long_reason_is_cut_and_kept_on_one_line() -> None:
    assert len(read_opinion(json.dumps({"score": 5, "reason": "a\nb" * 500}).encode()).reason) <= 200
    with pytest.raises(Unusable):
        read_opinion(b"null")


def _moderator() -> Any:
    from community.members.models import Member

    return Member.objects.create_user(
        "maud", "maud@example.org", "a long password", name="Maud", role="moderator"
    )
