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
