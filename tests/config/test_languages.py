"""Everyone is spoken to in their language; nobody gets a language that has no catalogue."""

import re

import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import ngettext

from config.settings import LANGUAGES as SPOKEN

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture(autouse=True)
def spoken(settings):
    """As production offers them."""
    settings.LANGUAGES = SPOKEN


@pytest.fixture
def thread(alice, space, make_thread):
    return make_thread(alice, space, kind="question")


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "Jemand hier hatte schon deine Frage"),
        ("/sign-in/", "Passwort vergessen?"),
        ("/join/", "Mein Konto anlegen"),
        ("/spaces/", "Bereiche"),
        ("/guidelines/", "Wie wir schreiben"),
        ("/nowhere/", "Hier ist nichts"),
    ],
)
def test_guests_are_spoken_to_as_their_browser_asks(client, db, address, words):
    answer = client.get(address, **GERMAN)

    assert re.search(r'<html[^>]* lang="de"', text(answer))
    assert answer.headers["Content-Language"] == "de"
    assert words in text(answer)


@pytest.mark.parametrize(
    ("asked", "spoken", "way", "words"),
    [
        ("es-MX,es;q=0.9", "es", "ltr", "Alguien aquí ha tenido tu pregunta"),
        ("pt-BR,pt;q=0.9", "pt-br", "ltr", "Alguém aqui já teve a sua pergunta"),
        ("zh-CN,zh;q=0.9", "zh-hans", "ltr", "这里有人遇到过你的问题"),
        ("ar-EG,ar;q=0.9", "ar", "rtl", "مرّ أحدهم هنا بسؤالك"),
    ],
)
def test_each_language_is_spoken_and_written_its_own_way(client, db, asked, spoken, way, words):
    answer = client.get("/", HTTP_ACCEPT_LANGUAGE=asked)

    assert re.search(rf'<html[^>]* lang="{spoken}" dir="{way}"', text(answer))
    assert words in text(answer)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 11, 100])
@pytest.mark.parametrize("language", [code for code, _name in SPOKEN])
def test_every_number_has_its_form_in_every_language(language, number):
    with translation.override(language):
        assert str(number) in ngettext("%(num)d reply", "%(num)d replies", number) % {"num": number}


def test_a_language_without_a_catalogue_is_not_spoken(client, db):
    answer = client.get("/", HTTP_ACCEPT_LANGUAGE="fr,it;q=0.9")

    assert re.search(r'<html[^>]* lang="en" dir="ltr"', text(answer))


def test_members_choose_their_language_and_it_wins_over_the_browser(sign_in, alice):
    browser = sign_in(alice)
    page = text(browser.get("/me/settings/appearance/"))
    assert re.findall(r'<option value="([^"]*)"', page.split("time_zone")[0]) == [
        "",
        "en",
        "de",
        "es",
        "pt-br",
        "zh-hans",
        "ar",
    ]

    browser.post(
        "/me/settings/appearance/", {"theme": "system", "language": "de", "time_zone": "Europe/Berlin"}
    )

    page = text(browser.get("/me/settings/appearance/", HTTP_ACCEPT_LANGUAGE="en"))
    assert '<html lang="de"' in page
    assert "Gespeichert." in page and "Saved." not in page
    assert "Darstellung speichern" in page and "Save appearance" not in page


def test_a_language_nobody_speaks_cannot_be_chosen(sign_in, alice):
    answer = sign_in(alice).post(
        "/me/settings/appearance/", {"theme": "system", "language": "fr", "time_zone": "UTC"}
    )

    alice.refresh_from_db()
    assert (answer.status_code, alice.language) == (422, "")


def test_a_thread_is_drawn_in_the_language_of_each_reader(client, sign_in, alice, thread):
    english = text(client.get(thread.get_absolute_url()))
    german = text(client.get(thread.get_absolute_url(), **GERMAN))

    assert ("In this question" in english, "In dieser Frage" in german) == (True, True)
    assert "um zu antworten, oder" in german and "to reply" not in german


def test_refusals_of_forms_are_german(client, db):
    answer = client.post("/sign-in/", {"login": "", "password": ""}, **GERMAN)

    assert "noch einen Blick" in text(answer)


def test_account_letters_speak_the_language_of_their_receiver(client, alice):
    alice.language = "de"
    alice.save()

    client.post("/account/password/reset/", {"email": alice.email}, HTTP_ACCEPT_LANGUAGE="en")

    letter = mail.outbox[-1]
    assert letter.subject == "Neues Passwort wählen"
    assert '<html lang="de"' in letter.alternatives[0][0]


def test_a_language_that_fell_silent_is_not_written_to_anyone(client, alice):
    alice.language = "fr"
    alice.save()

    client.post("/account/password/reset/", {"email": alice.email})

    assert '<html lang="en" dir="ltr"' in mail.outbox[-1].alternatives[0][0]
