"""`docs/numbers.md`, written from the declared numbers so that it cannot go stale."""

from collections.abc import Iterator

from django.utils.translation import override

from community.numbers.number import Editable, Rates, Value, all_numbers, feature_of
from community.numbers.queries import Group, Shown, list_groups

HEAD = """# The numbers of a community

How long, how many, how often: each number has a default and is changed by managers in the admin (*Numbers*) or by the REST
API (`/api/v1/numbers`). A change holds in every process within ten seconds, is kept in the log with who made it
(`number.changed`), and can be set back to its default. This page is written by `manage.py numbers_doc` from the numbers
themselves; `make check` compares them.

A default may differ on your machine: `NEW_THREAD_DAYS`, `TRACK_AFTER_SECONDS` and `POINTS_DAILY_CAP` in the environment are the
defaults of their numbers, and `LIMITS` (`threads.start=2/day,…`) those of the rates named there. What a manager chose goes
before both.

**Written elsewhere in the admin**: *Rules for questions* (claims, reminders, closing, when answers are locked), *E-mail rules*
(waiting, digests, mail that comes back), *Notices to browsers* (waiting, how many a day), *What earns points* (points and limits of each rule).

**What is not a number here.** What a column of the database holds (the length of names, tags and reasons), what the renderer and
the picture workers can bear (32,000 characters, 8 MB), how many rows a page or a search looks at, and what keeps sign-in and
signatures safe. Changing those needs a migration, a measurement or a second look at safety, so they are constants in the code.

**Rates** are a count, a slash and a period (`s`, `min`, `h`, `day`), several with commas between: `10/min,60/day`; an empty text
means no limit. Four stand for the trust levels 0, 1, 2, and 3 and above. The team is not slowed down, except where it says so.
"""


def numbers_page() -> str:
    """Return the page, in English whatever the language of the site."""
    with override("en"):
        parts = [HEAD, *(line for group in list_groups() for line in _section(group))]
    return "\n".join(parts).rstrip() + "\n"


def _section(group: Group) -> Iterator[str]:
    shown = [
        Shown(number, group, _default(number)) for number in all_numbers() if feature_of(number) == group.name
    ]
    plain = [one for one in shown if not isinstance(one.number, Rates)]
    rates = [one for one in shown if isinstance(one.number, Rates)]
    yield f"## {group.title}\n"
    if plain:
        yield "| number | default | range | what it does |\n|---|---|---|---|"
        yield from (
            f"| {one.title} (`{one.key}`) | {_usual(one)} | {one.range_sentence} | {one.why} |"
            for one in plain
        )
        yield ""
    if rates:
        yield "| how often | rates |\n|---|---|"
        yield from (f"| {one.title}{_also_team(one)} (`{one.key}`) | {_texts(one)} |" for one in rates)
        yield ""


def _default(number: Editable) -> Value:
    """The default written in the code, whatever the environment of this machine says."""
    return number.limit.by_trust if isinstance(number, Rates) else number.default


def _usual(shown: Shown) -> str:
    setting = getattr(shown.number, "setting", "")
    return f"{shown.value_sentence} (`{setting}`)" if setting else shown.value_sentence


def _texts(shown: Shown) -> str:
    different = shown.texts[:1] if len(set(shown.texts)) == 1 else shown.texts
    return " · ".join(f"`{text}`" if text else "no limit" for text in different)


def _also_team(shown: Shown) -> str:
    exempt = not isinstance(shown.number, Rates) or shown.number.limit.exempt_staff
    return "" if exempt else ", the team too"
