"""A short round of `make faults`: processes killed, the queue emptied and away, and nothing lost or done twice."""

import pytest

from benchmarks import faults


@pytest.mark.stack
def test_nothing_is_lost_and_nothing_happens_twice_while_things_break(
    capsys: pytest.CaptureFixture[str],
) -> None:
    failed = faults.main(["--only", "F-01", "F-05", "F-04", "--outage", "6", "--pause", "1.5", "--short"])

    said = capsys.readouterr().out
    assert not failed, said
    assert "nothing was lost, nothing happened twice" in said
