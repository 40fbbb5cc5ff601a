"""The admin, page by page: who may open what is decided by hand here, not asked from the code under test."""

from typing import Any

from django.contrib import admin
from django.urls import reverse

from community.members.roles import is_ours
from tests.access.world import World

STAFF = ("mod", "manager", "admin")
OTHERS = ("guest", "alice", "mallory")
# What a moderator may open. Everything else of the admin is closed to them.
MODERATORS_READ = {
    "threads.thread",
    "threads.poll",
    "threads.post",
    "threads.postrevision",
    "threads.questioncare",
    "spaces.space",
    "spaces.grouplevel",
    "members.member",
    "members.group",
    "members.groupask",
    "members.follow",
    "members.trustrecord",
    "members.admission",
    "moderation.case",
    "moderation.report",
    "moderation.penalty",
    "moderation.cannedreason",
    "moderation.staffnote",
    "threads.regrouping",
    "threads.threadtimer",
}
# Keys to the software itself; managers run the community without them.
ADMINS_ONLY = {
    "account.emailaddress",
    "mfa.authenticator",
    "usersessions.usersession",
    "socialaccount.socialaccount",
    "integrations.apikey",
    "integrations.embedorigin",
    "integrations.webhookendpoint",
    "brand.brand",
}


def models() -> list[Any]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label_lower)


def expected(label: str, who: str) -> bool:
    if who == "mod":
        return label in MODERATORS_READ
    return who == "admin" or label not in ADMINS_ONLY


def pages(model: Any) -> list[str]:
    """The pages of a model in the admin, with one of its rows."""
    meta = model._meta
    row = model._default_manager.order_by("-pk").first()
    pk = row.pk if row is not None else 1
    base = f"admin:{meta.app_label}_{meta.model_name}"
    with_row = [reverse(f"{base}_{page}", args=[pk]) for page in ("change", "history", "delete")]
    return [reverse(f"{base}_changelist"), reverse(f"{base}_add"), *with_row]


def test_staff_open_the_lists_their_role_allows_and_no_page_fails_for_them(world: World, undone: Any) -> None:
    wrong = []
    for who in STAFF:
        client = world.client(who)
        for model in models():
            label = model._meta.label_lower
            # The other pages are opened once: whoever may open them all sees whether they work.
            for address in pages(model) if who == "admin" else pages(model)[:1]:
                with undone:
                    answer = client.get(address)
                is_list = address.count("/") == 4
                if answer.get("Location", "").startswith(
                    (
                        "/admin/brand/",
                        "/admin/members/doorrules/",
                        "/admin/notifications/mailrules/",
                        "/admin/notifications/pushrules/",
                        "/admin/rituals/ritualrules/",
                        "/admin/threads/questionrules/",
                        "/admin/writing/cardrules/",
                    )
                ):
                    # The one row of the brand, or of the rules of e-mail, browsers or questions is shown instead of a list.
                    with undone:
                        answer = client.get(answer["Location"])
                opened = answer.status_code == 200
                if answer.status_code not in (200, 302, 403) or (is_list and opened != expected(label, who)):
                    wrong.append(f"{address} as {who}: {answer.status_code}")

    assert wrong == []


def test_nobody_else_opens_any_page_of_it(world: World, undone: Any) -> None:
    opened = []
    for who in OTHERS:
        client = world.client(who)
        for model in models():
            for address in pages(model):
                for method in ("GET", "POST"):
                    with undone:
                        answer = client.generic(method, address)
                    sent_away = answer.get("Location", "").startswith(("/admin/login/", "/sign-in/"))
                    if answer.status_code not in (403, 404) and not sent_away:
                        opened.append(f"{method} {address} as {who}: {answer.status_code}")

    assert opened == []


def test_a_moderator_changes_nothing_they_may_only_read(world: World, undone: Any) -> None:
    client = world.client("mod")
    for label in ("spaces.space", "members.member"):
        app, name = label.split(".")
        row = next(model for model in models() if model._meta.label_lower == label)._default_manager.first()
        with undone:
            saved = client.post(reverse(f"admin:{app}_{name}_change", args=[row.pk]), {"name": "Mine now"})
            gone = client.post(reverse(f"admin:{app}_{name}_delete", args=[row.pk]), {"post": "yes"})
        row.refresh_from_db()

        assert (saved.status_code, gone.status_code) == (403, 403), label
        assert row.name != "Mine now"


def test_what_other_packages_bring_is_for_administrators_and_nobody_writes_there(world: World) -> None:
    """Rows that open accounts: a link, an address, a key. One that is put there by hand opens somebody else's."""
    foreign = [model for model in models() if not is_ours(model._meta.app_label)]
    admin_, manager = world.people["admin"], world.people["manager"]

    assert {model._meta.app_label for model in foreign} == {"account", "mfa", "socialaccount", "usersessions"}
    for model in foreign:
        meta = model._meta
        assert admin_.has_perm(f"{meta.app_label}.view_{meta.model_name}")
        for act in ("view", "add", "change", "delete"):
            assert not manager.has_perm(f"{meta.app_label}.{act}_{meta.model_name}"), meta.label
        client = world.client("admin")
        base = f"admin:{meta.app_label}_{meta.model_name}"
        assert client.post(reverse(f"{base}_add"), {"user": manager.pk}).status_code == 403, meta.label
