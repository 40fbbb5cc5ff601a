"""Staff see what happened and what is stuck."""

from django.utils import timezone

from community.activity.models import Activity, Delivery

DELIVERIES = "/admin/activity/delivery/"
ACTIVITIES = "/admin/activity/activity/"


def test_dead_promises_are_tried_again_at_once(admin, knock, bell, sign_in):
    knock()
    delivery = Delivery.objects.get()
    Delivery.objects.update(dead_at=timezone.now(), attempts=12, error="dark")
    client = sign_in(admin)
    assert "door.bell" in client.get(DELIVERIES, {"dead_at__isempty": "0"}).content.decode()

    client.post(DELIVERIES, {"action": "try_again", "_selected_action": [delivery.pk]})

    delivery.refresh_from_db()
    assert (delivery.dead_at, delivery.attempts, delivery.error) == (None, 0, "")


def test_the_log_is_read_only(admin, knock, sign_in):
    activity = knock()
    client = sign_in(admin)

    assert "door.knocked" in client.get(ACTIVITIES).content.decode()
    assert client.get(f"{ACTIVITIES}add/").status_code == 403
    assert client.post(f"{ACTIVITIES}{activity.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_moderators_do_not_read_the_log(mod, alice, sign_in, db):
    for member in (mod, alice):
        assert sign_in(member).get(ACTIVITIES).status_code in (302, 403, 404)
