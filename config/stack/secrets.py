"""Secrets of this copy, made once and kept in `var/secrets.env`."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from config.stack import locks, paths

# The order of the curve P-256: a private key on it is any number between one and this.
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def new_secret_key() -> str:
    """Invent what signs sessions and links."""
    return secrets.token_urlsafe(48)


def new_vapid_key() -> str:
    """Invent the private key that shows push services who is calling: a number on P-256, as base64url."""
    number = 1 + secrets.randbelow(_P256_ORDER - 1)
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def is_vapid_key(text: str) -> bool:
    """Return whether a text is such a key."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return False
    return len(raw) == 32 and 0 < int.from_bytes(raw, "big") < _P256_ORDER


# Everything that a first start must invent. A name added here later is added to an existing file as well.
GENERATED: Mapping[str, Callable[[], str]] = {
    "SECRET_KEY": new_secret_key,
    "VAPID_PRIVATE_KEY": new_vapid_key,
}


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
        for name, invent in GENERATED.items():
            if not known.get(name):
                known[name] = invent()
        _write(known)
    return known


def _write(values: dict[str, str]) -> None:
    target = secrets_file()
    draft = target.with_suffix(".new")
    text = "# Made at the first start. Keep it: whoever has it can sign in as anyone and send notices in your name.\n"
    text += "".join(f"{name}={value}\n" for name, value in values.items())
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(target)
