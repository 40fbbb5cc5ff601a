"""Secrets of this copy, made once and kept in `var/secrets.env`."""

import os
import secrets
from pathlib import Path

from config.stack import locks, paths

# Everything that a first start must invent. A name added here later is added to an existing file as well.
GENERATED = ("SECRET_KEY",)


def secrets_file() -> Path:
    """The file that holds them, readable by its owner only."""
    return paths.var_folder() / "secrets.env"


def read_secrets() -> dict[str, str]:
    """What the file holds; nothing when there is none yet."""
    try:
        lines = secrets_file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def ensure_secrets() -> dict[str, str]:
    """Return the secrets of this copy, inventing those that are missing."""
    known = read_secrets()
    if all(known.get(name) for name in GENERATED):
        return known
    with locks.exclusive(paths.run_folder() / "secrets.lock"):
        known = read_secrets()
        for name in GENERATED:
            if not known.get(name):
                known[name] = secrets.token_urlsafe(48)
        _write(known)
    return known


def _write(values: dict[str, str]) -> None:
    target = secrets_file()
    draft = target.with_suffix(".new")
    text = "# Made at the first start. Keep it: whoever has it can sign in as anyone.\n"
    text += "".join(f"{name}={value}\n" for name, value in values.items())
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(target)
