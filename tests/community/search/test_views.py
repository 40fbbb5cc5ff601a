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


def test_what_was_understood_stands_in_chips_that_take_it_off(client, thread):
    page = client.get("/search/", {"q": "poles #help status:unsolved"}).content.decode()

    assert thread.title in page
    assert 'href="?q=poles+status%3Aunsolved"' in page
    assert "In Help and how-to" in page
    assert "Remove this filter" in page


def test_the_form_of_filters_works_without_scripts(client, thread, private_space):
    page = client.get("/search/filters/", {"q": "poles tag:winter"}).content.decode()
    assert "<html" in page
    assert 'name="tag" value="winter"' in page
    assert "Prototype testers" not in page
    assert "What I keep" not in page

    answer = client.get("/search/", {"compose": "1", "words": "poles", "space": "help", "status": "unsolved"})

    assert answer.status_code == 302
    assert answer["Location"] == "/search/?q=poles+space%3Ahelp+status%3Aunsolved"
    assert thread.title in client.get(answer["Location"]).content.decode()


def test_the_form_comes_alone_for_htmx(client, thread):
    page = client.get("/search/filters/", {"q": "poles"}, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert 'action="/search/"' in page


def test_a_thread_is_searched_from_its_page(client, thread, bob, make_reply, deliver_all):
    for n in range(5):
        reply = make_reply(bob, thread, body=f"Bamboo number {n}.")
    deliver_all()
    assert 'name="within"' in client.get(thread.get_absolute_url()).content.decode()

    answer = client.get("/search/", {"q": "bamboo", "within": thread.pk}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == f"/search/?q=thread%3A{thread.pk}+bamboo"
    assert "5 results" in page
    assert f'<a href="/p/{reply.pk}/">Post 6</a>' in page
    assert page.index("number</mark> 0" if "number</mark> 0" in page else "number 0") < page.index("number 4")

    nothing = client.get("/search/", {"q": f"thread:{thread.pk} granite"}).content.decode()
    assert "Not in this thread" in nothing
    assert 'href="/search/?q=granite"' in nothing


def test_few_hits_come_with_titles_that_come_near(client, alice, space, thread, make_thread, deliver_all):
    make_thread(alice, space, title="A whinter without poles", body="Misspelt by somebody else.")
    deliver_all()

    page = client.get("/search/", {"q": "whinter"}).content.decode()
    assert 'href="/search/near/?q=whinter"' in page

    near = client.get("/search/near/", {"q": "whinter"}).content.decode()
    assert "<html" in near
    fragment = client.get("/search/near/", {"q": "whinter"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert thread.title in fragment


def test_searches_are_kept_when_their_page_says_so_and_can_be_forgotten(client, alice, thread):
    assert "/search/recent/" not in client.get("/search/", {"q": "poles"}).content.decode()
    client.force_login(alice)
    assert 'hx-post="/search/recent/"' in client.get("/search/", {"q": "poles"}).content.decode()
    assert "poles" not in client.get("/search/suggest/", {"q": ""}).content.decode()

    assert client.post("/search/recent/", {"q": "poles status:solved"}).status_code == 204

    assert "?q=poles+status%3Asolved" in client.get("/search/suggest/", {"q": ""}).content.decode()
    assert "poles status:solved" in client.get("/search/").content.decode()
    answer = client.post("/search/recent/forget/")
    assert (answer.status_code, answer["Location"]) == (303, "/search/")
    assert "poles status:solved" not in client.get("/search/").content.decode()


def test_suggestions_name_spaces_and_the_thread_one_reads(client, thread):
    page = client.get("/search/suggest/", {"q": "help", "thread": thread.pk}).content.decode()

    assert 'href="/s/help/"' in page
    assert f'href="/search/?q=help&amp;within={thread.pk}"' in page
    assert "within" not in client.get("/search/suggest/", {"q": "help", "thread": "<b>"}).content.decode()


def test_a_count_that_is_not_exact_says_so(client, alice, space, make_thread, deliver_all, monkeypatch):
    from community.search.queries import statements

    monkeypatch.setattr(statements, "RANKED", 3)
    statements.find_statement.cache_clear()
    for n in range(4):
        make_thread(alice, space, title=f"Stove number {n}", body=f"Does stove {n} simmer well?")
    deliver_all()

    page = client.get("/search/", {"q": "stove"}).content.decode()

    statements.find_statement.cache_clear()
    assert "More than 3 results for “stove”" in page


def test_words_in_another_direction_stay_within_their_quotes(client, db):
    page = client.get("/search/", {"q": "<i>خيمة"}).content.decode()

    assert "<h1>Nothing for “<bdi>&lt;i&gt;خيمة</bdi>”</h1>" in page
    assert "<title>Nothing for “&lt;i&gt;خيمة”" in page
