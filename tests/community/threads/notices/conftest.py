"""Notices of threads alone: what badges tell is tested with badges."""

import pytest


@pytest.fixture(autouse=True)
def no_badges(db):
    """Let nobody earn a badge meanwhile."""
    from rewards.badges.models import Badge

    Badge.objects.update(is_active=False)
