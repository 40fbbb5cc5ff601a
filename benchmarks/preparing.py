"""Makes and loads the synthetic community once per scale, into a copy of its own under `var/`."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.community import Community

ROOT = Path(__file__).resolve().parents[1]
SEED = 20251121


def prepare(scale: float) -> None:
    """Make the community and load it unless that was done; then point this process at it.

    `BENCH_DATA` and `PORCHLIGHT_VAR` may name folders that are ready; nothing is made then.
    """
    if os.environ.get("BENCH_DATA"):
        return
    folder = ROOT / "var" / "bench" / f"{scale:g}"
    data = folder / "data"
    os.environ["BENCH_DATA"], os.environ["PORCHLIGHT_VAR"] = str(data), str(folder / "var")
    if (folder / "loaded").exists():
        return
    print(f"Making and loading the community at scale {scale:g}. This happens once.", flush=True)
    if not (data / "facts.json").exists():
        Community(data, scale, SEED).make()
    from config.stack.services import ensure_services

    services = ensure_services()
    settings = {**os.environ, "DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["-m", "benchmarks.loading", str(data)],
        ["manage.py", "reindex_search"],
        ["manage.py", "recount"],
    ):
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL
        )
    (folder / "loaded").touch()
