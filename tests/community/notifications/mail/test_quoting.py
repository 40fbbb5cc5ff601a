"""What somebody wrote themselves, out of what mail programs send."""

import time

import pytest

from community.notifications.mail.quoting import own_words, words_of_html

ANSWER = "Use aluminium.\n\nIt bends."


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "\n\nOn Tue, 3 Mar 2026 at 10:00, Anna Berg <anna@example.org> wrote:\n> Which poles?\n> Thanks",
        "\n\nOn Tue, 3 Mar 2026 at 10:00, Anna Berg\n<anna@example.org> wrote:\n\n> Which poles?",
        "\n\nAm 03.03.26 um 10:00 schrieb Anna Berg:\n> Welche Stangen?",
        "\n\nAm Di., 3. März 2026 um 10:00 Uhr schrieb Anna Berg <\nanna@example.org>:\n\n> Welche?",
        "\n\nLe mar. 3 mars 2026 à 10:00, Anna <a@example.org> a écrit :\n> Quels ?",
        "\n\nEl mar, 3 mar 2026 a las 10:00, Anna (<a@example.org>) escribió:\n> ¿Qué?",
        "\n\nEm ter., 3 de mar. de 2026, Anna <a@example.org> escreveu:\n> Quais?",
        "\n\n在 2026年3月3日，Anna 写道：\n> 哪些？",
        "\n\n-----Original Message-----\nFrom: Anna\nSent: Tuesday\n\nWhich poles?",
        "\n\n-----Ursprüngliche Nachricht-----\nVon: Anna\n\nWelche?",
        "\n\n________________________________\nFrom: Anna <a@example.org>\nSent: Tuesday\nTo: Bob\n\nWhich?",
        "\n\nVon: Anna Berg <a@example.org>\nGesendet: Dienstag, 3. März 2026\nAn: Bob\n\nWelche?",
        "\n\n-- \nBob Birch\n+49 30 123456",
        "\n\nSent from my iPhone",
        "\n\nVon meinem Telefon gesendet",
        "\n\nGet Outlook for Android<https://aka.ms/x>",
        "\n\n> Which poles?\n> Thanks",
        "\n\nSent from my iPhone\n\n> On 3 Mar 2026, at 10:00, Anna wrote:\n>\n> Which poles?",
    ],
)
def test_only_ones_own_words_are_left(rest):
    assert own_words(ANSWER + rest) == ANSWER
    assert own_words((ANSWER + rest).replace("\n", "\r\n")) == ANSWER


def test_an_answer_below_the_quote_is_found():
    assert own_words(f"On Tue, Anna wrote:\n> Which poles?\n\n{ANSWER}\n\n-- \nBob") == ANSWER


def test_a_quote_between_ones_own_words_stays():
    text = "> Which poles?\n\nAluminium.\n\n> And the pegs?\n\nSteel."

    assert own_words(text) == text


def test_sentences_that_only_begin_alike_stay():
    text = "On the whole I would not:\n\nFrom: what I saw, it breaks.\n\nAm besten nimmst du Alu."

    assert own_words(text) == text


@pytest.mark.parametrize(
    "text", ["", "\n\n", "> only\n> quoted", "On Tue, Anna wrote:\n> Which?", "-- \nBob"]
)
def test_without_own_words_there_is_nothing(text):
    assert own_words(text) == ""


@pytest.mark.parametrize(
    "text", ["On " + "a " * 50_000, "From: x\n" * 20_000, "\n" * 100_000, ">" * 100_000, "On x\n" * 20_000]
)
def test_a_text_made_to_keep_us_busy_does_not(text):
    began = time.process_time()
    own_words(text)

    assert time.process_time() - began < 1.0


def test_of_html_the_words_are_read_and_the_quote_is_not():
    page = (
        "<html><head><style>p{}</style></head><body><p>Use <b>aluminium</b>.</p><div>It bends.<br>Really.</div>"
        '<div class="gmail_quote"><div>On Tue, Anna wrote:</div><blockquote>Which?<br></blockquote></div>'
        "<script>steal()</script></body></html>"
    )

    assert own_words(words_of_html(page)) == "Use aluminium.\n\nIt bends.\nReally."
