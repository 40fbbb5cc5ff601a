"""What a searcher may ask for. Anything else is as if it were not said."""

from dataclasses import dataclass
from urllib.parse import quote_plus

from django.http import QueryDict

from community.search.limits import LONGEST_QUERY

TYPES = ("", "people")
STATUSES = ("", "solved", "open", "unanswered")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as the address says it."""

    text: str
    type: str = ""
    space: str = ""
    status: str = ""
    after: str = ""

    def address(self, **changes: str) -> str:
        """Return this question's address with something else chosen; the page begins anew."""
        wanted = {"q": self.text, "type": self.type, "space": self.space, "status": self.status, **changes}
        return "?" + "&".join(f"{name}={quote_plus(value)}" for name, value in wanted.items() if value)


def read_question(data: QueryDict) -> Question:
    """Read a question from an address, without complaint."""

    def one_of(name: str, known: tuple[str, ...]) -> str:
        value = data.get(name, "")
        return value if value in known else ""

    return Question(
        text=data.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUERY],
        type=one_of("type", TYPES),
        space=data.get("space", "").replace("\x00", "")[:50],
        status=one_of("status", STATUSES),
        after=data.get("after", "")[:40],
    )
