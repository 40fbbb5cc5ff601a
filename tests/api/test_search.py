"""Search by the API."""


def test_a_program_searches(program, alice, space, make_thread, deliver_all):
    thread = make_thread(alice, space)
    deliver_all()

    said = program(alice, "search:read").get("search?q=poles").json()

    assert said["total"] == 1
    assert said["next"] is None
    assert said["results"][0]["thread_id"] == thread.pk
    assert said["results"][0]["space"] == {"slug": "help", "name": "Help and how-to"}
    assert program(alice, "me:read").get("search?q=poles").status_code == 403


def test_results_page_on(program, alice, space, make_thread, deliver_all):
    for n in range(5):
        make_thread(alice, space, title=f"Stove number {n}", body=f"Does stove {n} simmer?")
    deliver_all()
    seen, address = [], "search?q=stove&limit=2"
    while address:
        page = program().get(address).json()
        seen += [hit["title"] for hit in page["results"]]
        address = page["next"]

    assert sorted(seen) == [f"Stove number {n}" for n in range(5)]


def test_without_words_there_is_nothing_to_look_for(program, db):
    assert program().get("search").status_code == 400
    assert program().get("search?q=" + "x" * 201).status_code == 400


def test_members_are_found(program, alice, deliver_all):
    from community.members.actions import welcome_newcomer

    welcome_newcomer(actor=alice)
    deliver_all()

    assert program().get("search/members?q=ali").json()["results"][0]["handle"] == "alice"


def test_a_program_uses_the_same_filters(program, alice, bob, space, make_thread, deliver_all):
    make_thread(alice, space, tags=["winter"])
    make_thread(bob, space, title="Poles of bamboo", body="They grow on you, these poles.", kind="discussion")
    deliver_all()

    said = program().get("search?q=poles%20%40bob%20kind:discussion").json()

    assert [hit["title"] for hit in said["results"]] == ["Poles of bamboo"]
    assert said["understood"] == ["By Bob Birch", "Discussions"]
    assert (said["total"], said["is_more"], said["notes"], said["next"]) == (1, False, [], None)
    assert program().get("search?q=poles&status=closed").json()["total"] == 0
    assert program().get("search?q=poles&status=odd").status_code == 400


def test_a_program_is_offered_what_may_be_meant(
    program, alice, space, private_space, make_thread, deliver_all
):
    from community.members.actions import welcome_newcomer

    welcome_newcomer(actor=alice)
    make_thread(alice, space, tags=["winter"])
    deliver_all()

    said = program().get("search/suggest?q=win").json()
    assert [t["title"] for t in said["threads"]] == ["Which poles hold in a winter gale?"]
    assert said["places"] == [{"sort": "tag", "slug": "winter", "name": "winter", "url": "/tags/winter/"}]
    assert program().get("search/suggest?q=prot").json()["places"] == []
    assert program().get("search/suggest?q=%23te").json()["completions"] == []
    assert program().get("search/suggest?q=poles%20%40ali").json()["completions"] == [
        {"text": "poles @alice", "filter": "@alice", "means": "Alice Arden"}
    ]
    assert program().get("search/suggest").status_code == 400
    assert program(alice, "me:read").get("search/suggest?q=win").status_code == 403


def test_a_program_reads_and_forgets_what_its_member_looked_for(program, alice, bob):
    from community.search.actions import remember_search

    for member in (alice, bob):
        remember_search(actor=member, text="poles status:solved")

    assert program().get("search/recent").status_code == 401
    assert program(alice, "me:read").get("search/recent").json() == {"results": ["poles status:solved"]}
    assert program(alice, "me:read").call("DELETE", "search/recent").status_code == 403
    assert program(alice, "me:write").call("DELETE", "search/recent").status_code == 204
    assert program(alice, "me:read").get("search/recent").json() == {"results": []}
    assert program(bob, "me:read").get("search/recent").json()["results"] == ["poles status:solved"]
