"""Whether the time a door takes tells who has an account (P-17): a known and an unknown address, each tried many times.

    python -m benchmarks.doors [--tries 150] [--paced 30]

Called in this process with the real password hasher, in an order drawn by lot, on a database of its own under `var/bench/doors`. Bars: the
medians differ by less than 5 ms or 10 %, and a Kolmogorov-Smirnov test cannot tell the two apart (p > 0.01). Doors that answer in whole
steps of time take their step each time, so they are tried less often; how long they would take without is shown beside it and has no
bar. About two minutes.
"""

import argparse
import gc
import math
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORD = "a long enough password"
KNOWN = 40
# Tries that are not counted.
WARM = 3
MOST_MS, MOST_SHARE, LEAST_P = 5.0, 0.10, 0.01


def point_here() -> None:
    """Start the database of this benchmark and point this process at it, without limits and with letters kept in memory."""
    os.environ.setdefault("PORCHLIGHT_VAR", str(ROOT / "var" / "bench" / "doors"))
    os.environ["DJANGO_SETTINGS_MODULE"], os.environ["EMAIL_VERIFICATION"] = "config.settings", "mandatory"
    os.environ["LOG_LEVEL"] = "ERROR"
    os.environ["STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    from config.stack.services import ensure_services

    services = ensure_services()
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = services.database_url, services.redis_url
    import django
    from django.conf import settings

    django.setup()
    # An empty table would bring the limits of the package back.
    settings.ACCOUNT_RATE_LIMITS, settings.LIMITS_ENABLED = False, False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS = ["*"]


def load() -> list[str]:
    """Make the known people unless that was done. Returns their addresses."""
    from allauth.account.models import EmailAddress
    from django.core.management import call_command

    from community.members.models import Member

    call_command("migrate", verbosity=0)
    addresses = [f"known-{n}@example.org" for n in range(KNOWN)]
    for n, email in enumerate(addresses):
        if not Member.objects.filter(email=email).exists():
            member = Member.objects.create_user(f"known-{n}", email, WORD, name=f"Known {n}")
            EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    return addresses


def doors() -> dict[str, Callable[[Any, str], Any]]:
    """What is tried, by name."""

    def resend(client: Any, email: str) -> Any:
        return client.post("/account/login/code/confirm/", {"action": "resend"})

    return {
        "sign in": lambda client, email: client.post(
            "/sign-in/", {"login": email, "password": "not this one"}
        ),
        "reset": lambda client, email: client.post("/account/password/reset/", {"email": email}),
        "join": lambda client, email: client.post(
            "/join/", {"name": "Somebody New", "email": email, "password1": WORD}
        ),
        "passkey": lambda client, email: client.post(
            "/join/passkey/", {"name": "Somebody New", "email": email}
        ),
        "code": lambda client, email: client.post("/account/login/code/", {"email": email}),
        "code again": resend,
    }


def time_door(
    name: str, ask: Callable[[Any, str], Any], known: list[str], tries: int
) -> dict[bool, list[float]]:
    """Return milliseconds by whether the address is known."""
    from django.core import mail
    from django.test import Client

    found: dict[bool, list[float]] = {True: [], False: []}
    turns = [True, False] * (tries + WARM)
    random.shuffle(turns)
    run = random.randrange(10**9)
    for turn, is_known in enumerate(turns):
        email = known[turn % KNOWN] if is_known else f"none-{run}-{turn}@example.org"
        client = Client()
        if name == "code again":
            client.post("/account/login/code/", {"email": email})
        else:
            client.get("/sign-in/")
        begun = time.perf_counter()
        status = ask(client, email).status_code
        found[is_known].append((time.perf_counter() - begun) * 1000)
        if status not in (200, 302):
            raise SystemExit(f"{name} answers {status}: this measures nothing")
        getattr(mail, "outbox", []).clear()
    return {is_known: times[WARM : WARM + tries] for is_known, times in found.items()}


def likeness(one: list[float], other: list[float]) -> float:
    """Return the p-value of the two-sample Kolmogorov-Smirnov test."""
    first, second = sorted(one), sorted(other)
    apart = at = to = 0.0
    i = j = 0
    while i < len(first) and j < len(second):
        if first[i] <= second[j]:
            i += 1
        else:
            j += 1
        at, to = i / len(first), j / len(second)
        apart = max(apart, abs(at - to))
    size = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    scaled = (size + 0.12 + 0.11 / size) * apart
    if scaled < 0.2:
        return 1.0
    total = sum((-1) ** (k - 1) * math.exp(-2 * k * k * scaled * scaled) for k in range(1, 101))
    return max(0.0, min(1.0, 2 * total))


def line(name: str, times: dict[bool, list[float]]) -> tuple[str, bool]:
    """Return what is printed of a door, and whether it keeps to the bars."""
    medians = {is_known: statistics.median(values) for is_known, values in times.items()}
    apart, p = abs(medians[True] - medians[False]), likeness(times[True], times[False])
    holds = (apart < MOST_MS or apart < MOST_SHARE * max(medians.values())) and p > LEAST_P
    tries = len(times[True])
    return f"{name:<24}{tries:>6}{medians[True]:>10.1f}{medians[False]:>12.1f}{apart:>10.2f}{p:>8.3f}", holds


def main() -> int:
    """Time every door and say whether it tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=150)
    parser.add_argument("--paced", type=int, default=30)
    wanted = parser.parse_args()
    point_here()
    from django.conf import settings

    known, step = load(), settings.DOOR_STEP
    print(
        f"{'door':<24}{'tries':>6}{'known ms':>10}{'unknown ms':>12}{'apart ms':>10}{'KS p':>8}", flush=True
    )
    is_fine = True
    for name, ask in doors().items():
        is_paced = name != "sign in"
        gc.collect()
        if is_paced:
            settings.DOOR_STEP = 0
            words, _holds = line(f"{name}, without steps", time_door(name, ask, known, 2 * wanted.paced))
            print(words, flush=True)
            settings.DOOR_STEP = step
        words, holds = line(name, time_door(name, ask, known, wanted.paced if is_paced else wanted.tries))
        print(words + ("" if holds else "  tells"), flush=True)
        is_fine &= holds
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
