"""A catalogue is complete, current and compiled, or it says what is missing."""

import subprocess

import pytest
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from config.catalogues import catalogue
from config.settings import LANGUAGES


@pytest.fixture
def house(tmp_path):
    """A small product that says three things, with its German."""
    for app in ("config", "community", "rewards", "engagement", "templates"):
        (tmp_path / app).mkdir()
    says(
        tmp_path,
        '{{ _("Hello, %(name)s", name=n) }} {{ _("A <b>word</b> ") }} {{ ngettext("%(num)d dog", "%(num)d dogs", n) }}',
    )
    catalogue.renew(tmp_path, "de")
    teach(tmp_path, {"Hello, %(name)s": "Hallo, %(name)s", "A <b>word</b> ": "Ein <b>Wort</b> "})
    teach(tmp_path, {"%(num)d dog": ("%(num)d Hund", "%(num)d Hunde")})
    return tmp_path


def says(root, text, page="page.html"):
    path = root / "templates" / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def teach(root, words, compiled=True):
    path = catalogue.folder(root, "de") / "django.po"
    with path.open("rb") as file:
        held = read_po(file, locale="de")
    for one, said in words.items():
        held[one].string = said
    with path.open("wb") as file:
        write_po(file, held)
    if compiled:
        catalogue.compile_(path.parent, "de")


@pytest.mark.parametrize("language", catalogue.languages(settings.BASE_DIR))
def test_every_language_says_everything_the_code_says_today(language):
    assert catalogue.faults(settings.BASE_DIR, language) == []


def test_a_language_is_offered_exactly_when_it_has_a_catalogue():
    assert {code for code, _name in LANGUAGES} == {"en", *catalogue.languages(settings.BASE_DIR)}


def test_the_catalogues_belong_to_the_repository():
    said = subprocess.run(
        ["git", "check-ignore", *map(str, (settings.BASE_DIR / "locale").rglob("django.?o"))],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert said.stdout == b""


def test_a_true_catalogue_has_no_faults(house):
    assert catalogue.faults(house, "de") == []


def test_gathering_twice_changes_nothing(house):
    path = catalogue.folder(house, "de") / "django.po"
    catalogue.renew(house, "de")
    before = path.read_bytes()

    assert catalogue.renew(house, "de") == 0
    assert path.read_bytes() == before


def test_a_new_sentence_is_missed_and_an_old_one_found(house):
    says(house, '{{ _("Hello, %(name)s", name=n) }} {{ _("A <b>word</b> ") }} {{ _("New") }}')

    assert catalogue.faults(house, "de") == [
        "not in the catalogue: 'New'",
        "said nowhere any more: '%(num)d dog'",
    ]
    assert catalogue.renew(house, "de") == 1
    assert catalogue.faults(house, "de") == ["not translated: 'New'"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"Hello, %(name)s": "Hallo, %(Name)s"}, "placeholders or markup differ"),
        ({"Hello, %(name)s": "Hallo"}, "placeholders or markup differ"),
        ({"A <b>word</b> ": "Ein <b>Wort "}, "placeholders or markup differ"),
        ({"A <b>word</b> ": "Ein <b>Wort</b>"}, "begins or ends with other spaces"),
        ({"A <b>word</b> ": ""}, "not translated"),
        ({"%(num)d dog": ("%(num)d Hund", "")}, "not translated"),
        ({"%(num)d dog": ("%(num)d Hund", "Hunde")}, "placeholders or markup differ"),
    ],
)
def test_words_that_do_not_fit_are_named(house, words, fault):
    teach(house, words)

    assert [said.split(":")[0] for said in catalogue.faults(house, "de")] == [fault]


def test_a_catalogue_that_was_not_compiled_again_is_named(house):
    teach(house, {"Hello, %(name)s": "Servus, %(name)s"}, compiled=False)

    assert catalogue.faults(house, "de") == ["django.mo is not what django.po says"]


def test_what_only_the_team_reads_may_stay_english_in_most_languages(house):
    says(house, '{% load i18n %}{% translate "Take away" %}', "django/admin/rules.html")
    says(house, '{{ _("Come in") }}', "community/door.html")
    catalogue.renew(house, "es")

    faults = catalogue.faults(house, "es")
    assert "not translated: 'Come in'" in faults
    assert "not translated: 'Take away'" not in faults


def test_a_guess_is_no_translation(house):
    path = catalogue.folder(house, "de") / "django.po"
    path.write_text(path.read_text().replace('msgid "A <b>', '#, fuzzy\nmsgid "A <b>'))

    assert "marked fuzzy: 'A <b>word</b> '" in catalogue.faults(house, "de")
