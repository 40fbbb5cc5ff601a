"""What each role may touch in the admin. An empty configuration means nobody."""

from functools import cache

from django.apps import apps

# In order: each role may do what those before it may.
ROLES = ("guest", "member", "moderator", "manager", "admin")

VIEW = frozenset({"view"})
ALL = frozenset({"view", "add", "change", "delete"})

# By app: which model actions. What is not named is closed.
MODERATOR = {
    "moderation": ALL,
    "threads": frozenset({"view", "change"}),
    "spaces": VIEW,
    "members": VIEW,
}
# Managers run the community: what our own features hold. Keys to the software itself, and whatever another package brings
# into the admin, stay with administrators: a link that a manager writes by hand opens anybody's account.
_OURS = ("community.", "rewards.", "engagement.")


@cache
def is_ours(app: str) -> bool:
    """Whether an app is one of our own features. One that is not known is not."""
    return any(one.label == app and one.name.startswith(_OURS) for one in apps.get_app_configs())


def role_allows(role: str, permission: str) -> bool:
    """Answer Django's question about a permission named `app.action_model`."""
    app, _dot, name = permission.partition(".")
    if role == "admin":
        return True
    if role == "manager":
        return is_ours(app)
    return role == "moderator" and name.split("_", 1)[0] in MODERATOR.get(app, ())


def role_opens(role: str, app: str) -> bool:
    """Whether a role sees an app in the admin at all."""
    return (
        role == "admin" or (role == "manager" and is_ours(app)) or (role == "moderator" and app in MODERATOR)
    )
