"""Pages of groups."""

from community.members.groups.actions import ask_to_join, invite_member
from community.members.models import GroupAsk, GroupMembership


def page(client, address="/groups/"):
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def is_in(member):
    return GroupMembership.objects.filter(member=member).exists()


def test_everyone_reads_what_is_for_them(client, sign_in, alice, bob, mod, make_group):
    for seen in ("everyone", "members", "group", "staff"):
        make_group(f"Group {seen}", visibility=seen, people=[alice])

    def sees(reader):
        text = page(reader)[1]
        return [seen for seen in ("everyone", "members", "group", "staff") if f"Group {seen}" in text]

    assert sees(client) == ["everyone"]
    assert sees(sign_in(bob)) == ["everyone", "members"]
    assert sees(sign_in(alice)) == ["everyone", "members", "group"]
    assert sees(sign_in(mod)) == ["everyone", "members", "group", "staff"]


def test_a_hidden_group_is_absent_like_one_that_is_not(sign_in, bob, make_group):
    make_group("Secret", visibility="group")
    reader = sign_in(bob)

    for address in ("/g/secret/", "/g/nothing/"):
        assert page(reader, address)[0] == 404
        for act in ("join", "leave", "ask", "answer", "invite"):
            assert reader.post(f"{address}{act}/", {"handle": "bob"}).status_code == 404


def test_who_is_in_it_is_shown_to_whom_it_says(client, sign_in, alice, bob, make_group):
    make_group("Hut crew", people=[alice], members_visibility="group")

    assert "Alice Arden" not in page(sign_in(bob), "/g/hut-crew/")[1]
    assert "Alice Arden" not in page(client, "/g/hut-crew/")[1]
    assert "1 person" not in page(client)[1]
    assert "Alice Arden" in page(sign_in(alice), "/g/hut-crew/")[1]


def test_joining_and_leaving_by_forms(sign_in, bob, make_group):
    make_group("Hut crew", join_mode="open")
    reader = sign_in(bob)

    joined = reader.post("/g/hut-crew/join/")
    assert (joined.status_code, joined.headers["Location"], is_in(bob)) == (303, "/g/hut-crew/", True)
    assert "Leave the group" in page(reader, "/g/hut-crew/")[1]

    reader.post("/g/hut-crew/leave/")
    assert not is_in(bob)


def test_who_leaves_a_hidden_group_is_led_to_the_list(sign_in, alice, make_group):
    make_group("Secret", visibility="group", people=[alice])

    assert sign_in(alice).post("/g/secret/leave/").headers["Location"] == "/groups/"


def test_asking_and_deciding_by_forms(sign_in, alice, bob, make_group):
    make_group("Hut crew", owner=alice, join_mode="request")
    asker, owner = sign_in(bob), sign_in(alice)

    asker.post("/g/hut-crew/ask/", {"words": "I carry wood."})
    assert "You asked to join" in page(asker, "/g/hut-crew/")[1]
    assert "I carry wood." in page(owner, "/g/hut-crew/")[1]
    assert "I carry wood." not in page(asker, "/g/hut-crew/")[1]

    owner.post("/g/hut-crew/requests/bob/", {"accept": "1"})
    assert is_in(bob)


def test_too_many_words_come_back_with_the_form(sign_in, bob, make_group):
    make_group("Hut crew", join_mode="request")

    answer = sign_in(bob).post("/g/hut-crew/ask/", {"words": "x" * 301})

    assert (answer.status_code, GroupAsk.objects.count()) == (422, 0)
    assert "x" * 301 in answer.content.decode()


def test_an_invitation_opens_the_page_of_a_hidden_group_and_is_answered_there(
    sign_in, alice, bob, make_group
):
    group = make_group("Secret", owner=alice, visibility="group")
    reader = sign_in(bob)
    invite_member(actor=alice, group=group, member=bob)

    assert "You are invited" in page(reader, "/g/secret/")[1]
    assert "Alice Arden" in page(reader)[1]
    reader.post("/g/secret/answer/", {"accept": "1"})

    assert is_in(bob)


def test_owners_invite_edit_and_take_out(sign_in, alice, bob, make_group):
    make_group("Hut crew", owner=alice)
    owner = sign_in(alice)

    wrong = owner.post("/g/hut-crew/invite/", {"handle": "@nobody-such"})
    owner.post("/g/hut-crew/invite/", {"handle": "@bob"})
    owner.post("/g/hut-crew/edit/", {"description": "Wood and soup."})

    assert wrong.status_code == 422
    assert GroupAsk.objects.get().member == bob
    assert "Wood and soup." in page(owner, "/g/hut-crew/")[1]


def test_members_of_a_group_decide_nothing(sign_in, alice, bob, carol, make_group):
    group = make_group("Hut crew", owner=alice, people=[bob], join_mode="request")
    ask_to_join(actor=carol, group=group)
    reader = sign_in(bob)

    for act in ("invite/", "edit/", "requests/carol/", "members/alice/remove/"):
        assert reader.post(f"/g/hut-crew/{act}", {"handle": "carol", "accept": "1"}).status_code == 403

    assert GroupMembership.objects.count() == 2
    assert GroupAsk.objects.get().state == "open"


def test_threads_of_people_in_it_are_shown_as_far_as_one_may_read_them(
    sign_in, alice, bob, manager, space, private_space, make_thread, make_group
):
    make_group("Hut crew", people=[alice, manager])
    make_thread(alice, space, title="Where do you buy wood pegs?")
    make_thread(manager, private_space, title="What nobody may know yet")

    text = page(sign_in(bob), "/g/hut-crew/")[1]

    assert "Where do you buy wood pegs?" in text
    assert "What nobody may know yet" not in text


def test_pages_cost_the_same_for_two_people_and_twenty(
    sign_in, alice, make_member, make_group, django_assert_max_num_queries
):
    make_group("Hut crew", owner=alice, people=[make_member(f"m{n}") for n in range(20)])
    reader = sign_in(alice)
    reader.get("/g/hut-crew/")

    with django_assert_max_num_queries(12):
        reader.get("/g/hut-crew/")


def test_the_admin_changes_groups_through_their_actions(sign_in, manager, alice, make_group):
    group = make_group("Hut crew")
    address = f"/admin/members/group/{group.pk}/change/"
    form = {
        **{name: getattr(group, name) for name in ("name", "slug", "join_mode", "visibility")},
        "members_visibility": "group",
        "callers": "owners",
        "description": "",
        "claim": "",
        "email_domains": "acme.example",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-member": alice.pk,
        "memberships-0-is_owner": "on",
    }

    answer = sign_in(manager).post(address, form)

    group.refresh_from_db()
    assert answer.status_code == 302
    assert (group.callers, group.email_domains, group.member_count) == ("owners", ["acme.example"], 1)
    assert GroupMembership.objects.get(group=group).is_owner
