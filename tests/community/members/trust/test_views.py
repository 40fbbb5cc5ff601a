"""Pages about trust, and the admin."""

from django.urls import reverse

from community.members.models import Member
from community.members.trust.actions import set_trust


def test_the_page_names_every_level_with_the_numbers_in_force(client, db, set_number):
    set_number("members.trust2_posts", 61)

    page = client.get("/trust/").content.decode()

    assert "61 posts read" in page
    assert "Regular" in page
    assert "in the last 365 days" in page


def test_a_member_reads_the_exact_gap(sign_in, make_thread, alice, space):
    make_thread(alice, space)

    page = sign_in(alice).get("/me/trust/").content.decode()

    assert "14 more threads to open" in page
    assert "59 more posts to read" in page
    assert "1 more thank-you to give" in page


def test_a_locked_level_says_why(sign_in, alice, manager):
    set_trust(actor=manager, member=alice, level=1, locked=True, reason="Cool down first.")

    page = sign_in(alice).get("/me/trust/").content.decode()

    assert "Cool down first." in page
    assert "more posts to read" not in page


def test_the_profile_leads_to_it_for_oneself_alone(sign_in, alice, bob):
    assert "/me/trust/" in sign_in(alice).get("/@alice/").content.decode()
    assert "/me/trust/" not in sign_in(bob).get("/@alice/").content.decode()


def test_the_admin_decides_through_the_action(sign_in, alice, manager):
    form = {"member": alice.pk, "floor": 3, "is_locked": "on", "reason": "Leads the hikes."}

    answer = sign_in(manager).post(reverse("admin:members_trustrecord_add"), form)

    assert answer.status_code == 302
    assert Member.objects.get(pk=alice.pk).trust_level == 3
    page = sign_in(manager).get(reverse("admin:members_trustrecord_change", args=[alice.pk]))
    assert "Leads the hikes." in page.content.decode()


def test_a_moderator_reads_levels_in_the_admin_and_changes_none(sign_in, alice, mod, manager):
    set_trust(actor=manager, member=alice, level=2, locked=False, reason="So.")
    address = reverse("admin:members_trustrecord_change", args=[alice.pk])

    assert sign_in(mod).get(address).status_code == 200
    sign_in(mod).post(address, {"member": alice.pk, "floor": 4, "reason": "Friends."})

    assert Member.objects.get(pk=alice.pk).trust_level == 2
