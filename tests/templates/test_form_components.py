"""What a form that needs another look says above itself."""

import re

import pytest
from django import forms
from django.template import engines

SUMMARY = (
    '{% from "components/form.html" import error_summary with context %}{{ error_summary(form, labels) }}'
)


class Sample(forms.Form):
    name = forms.CharField(label="Name", max_length=5)
    number = forms.IntegerField(label="Seats", max_value=9, required=False)


def said(form: forms.Form, labels: dict[str, str] | None = None) -> list[str]:
    html = engines["jinja2"].from_string(SUMMARY).render({"form": form, "labels": labels or {}})
    return [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", html, re.S)]


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ({"name": ""}, "Name: "),
        ({"name": "much too long"}, "Name: "),
        ({"name": "Nina", "number": "12"}, "Seats: "),
        ({"name": "Nina", "number": "many"}, "Seats: "),
    ],
)
def test_a_sentence_of_the_framework_is_told_with_the_field_it_means(
    typed: dict[str, str], begins: str
) -> None:
    (line,) = said(Sample(typed))

    assert line.startswith(begins)


def test_a_sentence_of_ours_stands_as_it_is() -> None:
    form = Sample({"name": "Nina"})
    form.add_error("name", "Somebody else is called Nina here.")
    form.add_error(None, "The door is closed today.")

    assert said(form) == ["Somebody else is called Nina here.", "The door is closed today."]


def test_a_page_may_call_a_field_as_it_does() -> None:
    (line,) = said(Sample({"name": ""}), {"name": "How you are called"})

    assert line.startswith("How you are called: ")
