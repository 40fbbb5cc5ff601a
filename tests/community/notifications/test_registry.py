import pytest

from community.notifications import registry
from community.notifications.registry import Group, Purpose, all_kinds


def test_a_key_is_registered_once(wave):
    with pytest.raises(RuntimeError):
        registry.register(wave)


def test_every_kind_of_the_house_says_why_and_fits_its_column():
    for kind in all_kinds():
        assert str(kind.label) and str(kind.why)
        assert len(kind.key) <= 40
        assert kind.group in Group
        assert kind.purpose in Purpose


def test_the_keys_that_were_shipped_are_still_there():
    shipped = {
        "thread.accepted",
        "thread.answered",
        "thread.mention",
        "thread.reaction",
        "thread.reply",
        "thread.reply_to_you",
        "space.thread",
        "journey.welcome",
        "journey.anniversary",
    }

    assert shipped <= {kind.key for kind in all_kinds()}
