"""A post quoted in a reply: by its menu, and by an address that works without script."""

from typing import Any

from community.threads.models import Post
from community.threads.quoting import MOST, quote_of
from community.writing.markdown import render


def test_a_quote_names_its_author_and_leads_to_the_post(bob: Any, answer: Post) -> None:
    answer.body_md = "Ask @carol first.\n\nThen `pip install @scope/it`."

    said = quote_of(answer)

    assert said.startswith(f"> [@{bob.handle}](/p/{answer.pk}/):\n>\n> Ask \\@carol first.\n>\n")
    assert "`pip install @scope/it`" in said
    assert said.endswith("\n\n")
    assert render(said).mentions_found == ()
    assert f'<a href="/p/{answer.pk}/"' in render(said).html


def test_what_was_quoted_in_it_is_left_out_and_a_long_text_is_cut(answer: Post) -> None:
    answer.body_md = "> Older words\n\n" + "word " * 1_000

    said = quote_of(answer)

    assert "Older" not in said
    assert len(said) < MOST + 100
    assert said.rstrip().endswith("…")


def test_without_script_the_reply_form_opens_with_the_quote(sign_in: Any, alice: Any, answer: Post) -> None:
    client = sign_in(alice)

    response = client.get(f"/p/{answer.pk}/quote/")
    page = client.get(response["Location"].partition("#")[0]).content.decode()

    assert response.status_code == 303
    assert f"](/p/{answer.pk}/):" in page
    assert f'name="reply_to" value="{answer.pk}"' in page


def test_the_script_gets_the_quote_alone(sign_in: Any, alice: Any, answer: Post) -> None:
    response = sign_in(alice).get(f"/p/{answer.pk}/quote/", headers={"HX-Request": "true"})

    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode() == quote_of(answer)


def test_an_odd_quote_in_the_address_is_ignored(sign_in: Any, alice: Any, answer: Post) -> None:
    for odd in ("x", "999999999", "1e9"):
        response = sign_in(alice).get(f"{answer.thread.get_absolute_url()}?quote={odd}")
        assert response.status_code == 200


def test_a_spoiler_that_is_cut_in_its_middle_is_left_out(answer: Post) -> None:
    answer.body_md = "word " * 230 + "||and then the gardener " + "did it " * 50 + "||"

    said = quote_of(answer)

    assert "gardener" not in said
    assert said.rstrip().endswith("word …")
