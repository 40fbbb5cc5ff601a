"""What follows from the outside checker's word, however often it is told."""

from typing import Any

from community.moderation.models import Band, Judgement
from community.moderation.spam.heeding import Opinion, heed_checker
from community.threads.actions import reply_to_thread


def test_it_is_heeded_once(alice: Any, space: Any, make_thread: Any, make_member: Any) -> None:
    thread = make_thread(alice, space)
    reply_to_thread(actor=make_member("nina", trust_level=0), thread=thread, body="Hello to all of you here!")
    judgement = Judgement.objects.get()

    heed_checker(actor=None, judgement=judgement, opinion=Opinion(10, "calm"))
    assert heed_checker(actor=None, judgement=judgement, opinion=Opinion(100, "no")) == Band.PASS

    judgement.refresh_from_db()
    assert (judgement.signals["outside"], judgement.check_note) == (0.1, "calm")
    assert judgement.score == 21
