"""What each role may touch in the admin. An empty configuration means nobody."""

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
# Managers run the community; keys to the software itself stay with administrators.
MANAGER_CLOSED = frozenset({"auth", "account", "mfa", "usersessions", "sessions", "contenttypes", "admin"})


def role_allows(role: str, permission: str) -> bool:
    """Answer Django's question about a permission named `app.action_model`."""
    app, _dot, name = permission.partition(".")
    if role == "admin":
        return True
    if role == "manager":
        return app not in MANAGER_CLOSED
    return role == "moderator" and name.split("_", 1)[0] in MODERATOR.get(app, ())


def role_opens(role: str, app: str) -> bool:
    """Whether a role sees an app in the admin at all."""
    return (
        role == "admin"
        or (role == "manager" and app not in MANAGER_CLOSED)
        or (role == "moderator" and app in MODERATOR)
    )
