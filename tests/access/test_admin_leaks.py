"""What the admin does not show, it does not tell either: by narrowing, ordering, completing, or pointing at columns."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.access.test_admin import models
from tests.access.world import World

# Whatever a role may see of it: these never come out, whole or letter by letter.
SECRETS = {
    "members.member": ("password",),
    "mfa.authenticator": ("data",),
    "usersessions.usersession": ("session_key", "data"),
    "integrations.apikey": ("secret_hash",),
    "integrations.webhookendpoint": ("sealed_secret", "sealed_old_secret", "lease"),
    "members.signonprovider": ("sealed_secret",),
    "privacy.export": ("key",),
    "notifications.pushsubscription": ("auth", "p256dh", "endpoint"),
    "notifications.outboundmail": ("html", "text", "stop_url"),
    "notifications.inboundmail": ("raw",),
}


def lists(world: World, who: str) -> Iterator[tuple[Any, str]]:
    """Every list of the admin that opens for someone."""
    client = world.client(who)
    for model in models():
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        if client.get(address).status_code == 200:
            yield model, address


def is_narrowed(answer: Any) -> bool:
    """Whether a list was narrowed as asked, rather than refused (400) or shown whole (`?e=1`)."""
    return answer.status_code == 200


@pytest.mark.parametrize("who", ["mod", "manager", "admin"])
def test_no_list_is_narrowed_by_what_its_reader_does_not_see(world: World, undone: Any, who: str) -> None:
    told = []
    for model, address in lists(world, who):
        label = model._meta.label_lower
        secret = {*SECRETS.get(label, ()), *(admin.site._registry[model].exclude or ())}
        if label == "members.member" and who == "mod":
            secret.add("email")
        known = {field.name for field in model._meta.get_fields()}
        for name in sorted(secret & known):
            for how in ("", "__startswith", "__isnull", "__gt", "__regex", "__length"):
                with undone:
                    answer = world.client(who).get(address, {f"{name}{how}": "1"})
                if is_narrowed(answer):
                    told.append(f"{address}?{name}{how} for {who}")

    assert told == []
