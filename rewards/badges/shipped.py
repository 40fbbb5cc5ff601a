"""The badges that every new community starts with. Managers rename, pause and add badges in the admin."""

from typing import Any

from django.utils.translation import gettext_noop


def _badge(
    position: int, key: str, name: str, metric: str, number: int, criteria: str, description: str
) -> dict[str, Any]:
    return {
        "position": position,
        "key": key,
        "art": key,
        "name": name,
        "metric": metric,
        "number": number,
        "criteria": criteria,
        "description": description,
    }


SHIPPED: tuple[dict[str, Any], ...] = (
    _badge(
        10, "first-question", gettext_noop("First question"), "questions", 1,
        gettext_noop("Ask a question."),
        gettext_noop("Someone else was wondering too."),
    ),
    _badge(
        20, "first-answer", gettext_noop("First answer"), "answers", 1,
        gettext_noop("Answer someone else’s question."),
        gettext_noop("You knew something, and said it."),
    ),
    _badge(
        30, "first-solved", gettext_noop("First solved"), "accepted", 1,
        gettext_noop("Have one answer accepted."),
        gettext_noop("The asker says your answer worked."),
    ),
    _badge(
        40, "ten-solved", gettext_noop("Ten solved"), "accepted", 10,
        gettext_noop("Have 10 answers accepted."),
        gettext_noop("Ten people are further because of you."),
    ),
    _badge(
        50, "twenty-five-solved", gettext_noop("Twenty-five solved"), "accepted", 25,
        gettext_noop("Have 25 answers accepted."),
        gettext_noop("People look for your name in a thread."),
    ),
    _badge(
        60, "fifty-solved", gettext_noop("Fifty solved"), "accepted", 50,
        gettext_noop("Have 50 answers accepted."),
        gettext_noop("A good part of what is known here is known through you."),
    ),
    _badge(
        70, "good-neighbour", gettext_noop("Good neighbour"), "helped", 25,
        gettext_noop("Be marked “This helped” 25 times."),
        gettext_noop("Not only the asker read your answers."),
    ),
    _badge(
        80, "hundred-helped", gettext_noop("A hundred helped"), "helped", 100,
        gettext_noop("Be marked “This helped” 100 times."),
        gettext_noop("A hundred readers stopped to say so."),
    ),
    _badge(
        90, "worth-keeping", gettext_noop("Worth keeping"), "helped_by_one_post", 10,
        gettext_noop("Write one post that 10 people mark “This helped”."),
        gettext_noop("An answer that people return to."),
    ),
    _badge(
        100, "lamp-left-on", gettext_noop("Lamp left on"), "accepted_late", 3,
        gettext_noop("Have 3 answers accepted that came a day or more after the question."),
        gettext_noop("You answer what others had scrolled past."),
    ),
    _badge(
        110, "well-travelled", gettext_noop("Well travelled"), "accepted_spaces", 3,
        gettext_noop("Have answers accepted in 3 spaces."),
        gettext_noop("You are at home in more than one corner."),
    ),
    _badge(
        120, "loop-closed", gettext_noop("Loop closed"), "chosen", 5,
        gettext_noop("Choose the answer to 5 of your questions."),
        gettext_noop("Whoever comes next finds what worked."),
    ),
    _badge(
        130, "warm-welcome", gettext_noop("Warm welcome"), "welcomed", 5,
        gettext_noop("Reply to the first thread of 5 newcomers."),
        gettext_noop("Five people found that someone is in."),
    ),
    _badge(
        140, "one-year", gettext_noop("One year here"), "year", 1,
        gettext_noop("Be a member for a year and have written something."),
        gettext_noop("Around the sun together."),
    ),
    _badge(
        15, "good-question", gettext_noop("Good question"), "same_question", 5,
        gettext_noop("Ask one question that 5 people mark “Same question”."),
        gettext_noop("You asked for more people than you knew."),
    ),
)  # fmt: skip
