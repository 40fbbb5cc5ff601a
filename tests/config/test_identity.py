"""This community as the one that says who somebody is: the app is loaded only then, so it is looked at in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

LOOK = """
import django
django.setup()
import config.urls
from datetime import timedelta
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from community.belongings import columns_by_place
from community.members.models import Member
from community.members.roles import role_allows
from config.identity import IdentityAdapter
from tests.architecture.test_belongings import columns_that_name_members

assert [place for place in columns_that_name_members() if place not in columns_by_place()] == []
for model in admin.site._registry:
    if model._meta.app_label == "allauth_idp_oidc":
        for act in ("view", "add", "change", "delete"):
            assert not role_allows("manager", f"allauth_idp_oidc.{act}_{model._meta.model_name}")
assert not admin.site._registry[django.apps.apps.get_model("allauth_idp_oidc.Token")].has_add_permission(None)
paused = Member(pk=1, handle="paused", suspended_until=timezone.now() + timedelta(days=1))
try:
    IdentityAdapter().get_claims("userinfo", paused, None, ["openid"])
except PermissionDenied:
    print("all is as it should be")
"""


def test_nobody_is_vouched_for_while_suspended_and_its_keys_are_spoken_for(tmp_path: Path) -> None:
    """Keys of other sites go with the account, are for administrators alone, and say nothing of the suspended."""
    said = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=settings.BASE_DIR,
        env={**os.environ, "IDENTITY_PROVIDER": "1", "IDENTITY_KEY_FILE": str(tmp_path / "identity.pem")}
        | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert said.stdout.strip() == "all is as it should be", said.stderr[-2000:]
