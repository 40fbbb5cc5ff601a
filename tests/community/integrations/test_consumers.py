"""Who opened and closed doors for programs is written down."""

from typing import Any

import pytest

from community.integrations import actions
from community.moderation.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_keys_and_sites_that_embed_are_in_the_audit_log(admin: Any, deliver_all: Any) -> None:
    key, token = actions.create_api_key(actor=admin, member=admin, name="Shop", scopes=["threads:read"])
    actions.revoke_api_key(actor=admin, key=key)
    site = actions.add_embed_origin(actor=admin, origin="https://shop.example.org")
    actions.remove_embed_origin(actor=admin, entry=site)
    deliver_all()

    entries = list(AuditEntry.objects.filter(actor=admin).order_by("activity_id"))
    assert [entry.act for entry in entries] == [
        "api_key.created",
        "api_key.revoked",
        "embed_origin.added",
        "embed_origin.removed",
    ]
    assert token.rpartition("_")[2] not in str([entry.after for entry in entries])
