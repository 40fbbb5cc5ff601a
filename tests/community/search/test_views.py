"""The search page and what it offers while one types."""

import pytest


@pytest.fixture
def thread(alice, space, make_thread, deliver_all):
    thread = make_thread(alice, space)
    deliver_all()
    return thread


def test_a_guest_finds_a_thread(client, thread):
    answer = client.get("/search/", {"q": "poles"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 result for “poles”" in page
    assert thread.title in page
    assert "<mark>" not in thread.title


def test_nothing_found_offers_to_ask(client, thread):
    page = client.get("/search/", {"q": "submarine <b>"}).content.decode()

    assert "Nothing for “submarine &lt;b&gt;”" in page
    assert "/new/?kind=question&amp;title=submarine+%3Cb%3E" in page or "title=submarine%20%3Cb%3E" in page


def test_a_mended_question_says_so(client, thread):
    page = client.get("/search/", {"q": "whinter"}).content.decode()

    assert "Nothing for “whinter”" in page
    assert ">winter</a>" in page
    assert thread.title in page


def test_without_words_it_says_how_to_look(client, db):
    assert "Ask in your own words" in client.get("/search/").content.decode()


def test_a_hidden_space_is_as_an_absent_one(client, thread, private_space):
    assert client.get("/search/", {"q": "poles", "space": "testers"}).status_code == 404
    assert client.get("/search/", {"q": "poles", "space": "nowhere"}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "q=poles&status=%00",
        "q=poles&after=x.y",
        "q=%00",
        "q=poles&type=party",
        "q=poles&after=99999999999999999999.1",
        "q=" + "x" * 3000,
    ],
)
def test_odd_addresses_do_no_harm(client, thread, query):
    assert client.get(f"/search/?{query}").status_code == 200


def test_people_are_found(client, alice, deliver_all):
    from community.members.actions import welcome_newcomer

    welcome_newcomer(actor=alice)
    deliver_all()

    page = client.get("/search/", {"q": "ali", "type": "people"}).content.decode()
    assert "Alice Arden" in page
    assert "1 result" in page


def test_suggestions_are_a_fragment(client, thread):
    page = client.get("/search/suggest/", {"q": "pol"}).content.decode()

    assert thread.title in page
    assert "<html" not in page
    assert client.get("/search/suggest/", {"q": "zz"}).content.strip() == b""


def test_guests_are_limited_by_their_network(client, thread, settings):
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"search.search_guest": "2/min"}

    codes = [client.get("/search/", {"q": "poles"}).status_code for _n in range(3)]

    assert codes == [200, 200, 429]


def test_a_guest_search_takes_few_statements(
    client, alice, thread, space, make_thread, deliver_all, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(5) as captured:
            client.get("/search/", {"q": "poles"})
        return len(captured)

    few = count()
    for n in range(18):
        make_thread(alice, space, title=f"Poles number {n}", body=f"Which of the {n} poles?")
    deliver_all()

    assert count() <= max(few, 4)
