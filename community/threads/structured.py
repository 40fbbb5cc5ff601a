"""A thread in few words: the short answer under its title, and what search engines read of a public one."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator
from markupsafe import Markup

from community.spaces.models import Access
from community.threads.plain import plain
from community.threads.queries.pages import ThreadPage
from community.threads.queries.rows import PostRow

SHORT = 190
_MOST_SUGGESTED = 3


def short_answer(page: ThreadPage) -> str:
    """Return the first sentences of the accepted answer, or nothing when there is none."""
    if page.accepted is None or page.question is None:
        return ""
    words = plain(page.accepted.html[: SHORT * 8])
    if len(words) <= SHORT:
        return words
    end = max(words.rfind(mark, 60, SHORT) for mark in (". ", "? ", "! ", "。"))
    return words[: end + 1] if end > 0 else Truncator(words).chars(SHORT)


def qa_page(request: HttpRequest, page: ThreadPage) -> Markup:
    """Return schema.org data of a question that everyone may read, safe inside a script element."""
    thread = page.thread
    if page.question is None or not thread.is_question or thread.space.access != Access.PUBLIC:
        return Markup("")
    here = request.build_absolute_uri(thread.path)
    question: dict[str, Any] = {
        "@type": "Question",
        "name": thread.title,
        "text": plain(page.question.html)[:1000],
        "answerCount": thread.reply_count,
        "upvoteCount": page.question.counts.get("same", 0),
        "datePublished": thread.created_at.isoformat(),
        "url": here,
        "author": _person(request, page.question),
    }
    if page.accepted is not None:
        question["acceptedAnswer"] = _answer(request, here, page.accepted)
    suggested = [_answer(request, here, row) for row in page.replies[:_MOST_SUGGESTED]]
    if suggested:
        question["suggestedAnswer"] = suggested
    data = {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for unsafe, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(unsafe, escaped)
    return Markup(text)  # noqa: S704 - no character is left that could end the script element


def _answer(request: HttpRequest, here: str, row: PostRow) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": plain(row.html)[:1000],
        "datePublished": row.created_at.isoformat(),
        "upvoteCount": row.counts.get("helpful", 0),
        "url": f"{here}#post-{row.pk}",
        "author": _person(request, row),
    }


def _person(request: HttpRequest, row: PostRow) -> dict[str, str]:
    person = {"@type": "Person", "name": row.name}
    if row.author is not None:
        person["url"] = request.build_absolute_uri(row.author.get_absolute_url())
    return person
