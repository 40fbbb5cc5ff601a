"""Names in the registry are given once."""

import pytest

from community.activity import registry


def test_a_verb_is_registered_once(knocked):
    with pytest.raises(RuntimeError):
        registry.verb("door.knocked", dict, "Again.")


def test_a_consumer_is_registered_once(bell, listen):
    with pytest.raises(RuntimeError):
        listen(lambda activity: None, "bell")


def test_a_consumer_is_found_by_its_lasting_name(bell):
    found = registry.find_consumer("door.bell")

    assert found is not None
    assert found.verbs == ("door.knocked",)
    assert registry.find_consumer("door.gone") is None
