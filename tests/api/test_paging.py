"""Pages hold still while the community goes on."""

from community.threads.models import Thread


def read_all(caller, path):
    seen, address = [], path
    while address:
        page = caller.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    return seen


def make(make_thread, alice, space, count, start=0):
    return [
        make_thread(alice, space, title=f"Question number {n}", body=f"What about number {n}, then?").pk
        for n in range(start, start + count)
    ]


def test_every_thread_comes_once(program, alice, space, make_thread):
    pks = make(make_thread, alice, space, 7)

    assert read_all(program(), "threads?limit=2&sort=newest") == pks[::-1]
    assert program().get("threads?limit=7").json()["next"] is None


def test_new_threads_do_not_shift_the_pages(program, alice, space, make_thread):
    pks = make(make_thread, alice, space, 6)
    first = program().get("threads?limit=3&sort=newest").json()

    make(make_thread, alice, space, 3, start=50)
    second = program().get(first["next"]).json()

    assert [row["id"] for row in first["results"] + second["results"]] == pks[::-1]


def test_equal_times_are_told_apart(program, alice, space, make_thread):
    pks = make(make_thread, alice, space, 5)
    Thread.objects.update(last_post_at=Thread.objects.first().last_post_at)

    assert read_all(program(), "threads?limit=2") == pks[::-1]


def test_a_cursor_belongs_to_its_order(program, alice, space, make_thread):
    make(make_thread, alice, space, 3)
    following = program().get("threads?limit=1&sort=newest").json()["next"]

    assert program().get(following.replace("sort=newest", "sort=top")).status_code == 400


def test_posts_page_by_position(program, alice, bob, space, make_thread, make_reply):
    thread = make_thread(alice, space)
    pks = [thread.posts.get().pk] + [make_reply(bob, thread, body=f"Reply number {n}.").pk for n in range(4)]

    assert read_all(program(), f"threads/{thread.pk}/posts?limit=2") == pks


def count_queries(django_assert_max_num_queries, call):
    with django_assert_max_num_queries(20) as captured:
        assert call().status_code == 200
    return len(captured)


def test_lists_cost_the_same_for_two_rows_and_twenty(
    program, alice, bob, carol, space, make_thread, make_reply, django_assert_max_num_queries
):
    caller = program(alice)
    thread = make_thread(alice, space)
    make_reply(bob, thread)
    make(make_thread, bob, space, 1)
    paths = [
        "threads?limit=50",
        f"threads/{thread.pk}/posts?limit=50",
        "members",
        "spaces",
        "tags",
        "me/bookmarks",
    ]
    caller.put(f"posts/{thread.posts.first().pk}/bookmark")
    few = [count_queries(django_assert_max_num_queries, lambda path=path: caller.get(path)) for path in paths]

    make(make_thread, carol, space, 18, start=90)
    for n in range(18):
        post = make_reply(carol, thread, body=f"Reply number {n}.")
        caller.put(f"posts/{post.pk}/bookmark")
        caller.put(f"posts/{post.pk}/reactions/helpful")
    many = [
        count_queries(django_assert_max_num_queries, lambda path=path: caller.get(path)) for path in paths
    ]

    assert few == many
    assert max(many) <= 5
