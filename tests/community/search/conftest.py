"""Finding things that were just said."""

import pytest

from community.search.queries import search_threads


@pytest.fixture
def find(deliver_all):
    """Deliver what is due and return the titles found: `find(alice, "poles")`."""

    def run(viewer, text, **more):
        deliver_all()
        return [hit.title for hit in search_threads(viewer, text, **more).hits]

    return run
