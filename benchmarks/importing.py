"""How long an import takes, against rendering its posts alone on the same cores. Needs the real archives.

    PORCHLIGHT_DATA=FOLDER python -m benchmarks.importing

Each archive is imported into an empty copy of its own. Rendering alone means: the same texts by the same pool of processes in
the same run, HTML turned into Markdown where there is only HTML, and nothing written. The replay, in which every consumer hears
the history, is told apart.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PORCHLIGHT_DATA") or ROOT.parent / "shared" / "data")
ARCHIVES = (
    ("import_stackexchange", "stackexchange/quantumcomputing"),
    ("import_discourse", "discourse/urho3d-topics.tar.xz"),
    ("import_discourse", "discourse/delving-posts.tar.xz"),
)
RENDER = """
import json, sys, time
from pathlib import Path
from community.importing.discourse import DiscourseReader
from community.importing.stackexchange import StackExchangeReader
from contextlib import closing
from community.writing.ahead import RenderingAhead
from community.writing.workers import Pool
from config.management.importing import undisturbed
reader = {"import_discourse": DiscourseReader, "import_stackexchange": StackExchangeReader}[COMMAND](Path(PATH), "")
texts = [(post.body, post.is_html) for thread in reader.threads() for post in thread.posts]
started = time.perf_counter()
with undisturbed(), closing(Pool(2, in_bulk=True)) as pool, closing(RenderingAhead(pool)) as ahead:
    pool.warm()
    handed = [ahead.hand(body, is_html=is_html) for body, is_html in texts]
    count = sum(1 for text in handed if text.result())
print("RENDERED" + json.dumps([count, time.perf_counter() - started]))
"""


def manage(folder: str, *arguments: str) -> str:
    """Run a command of the copy in `folder` and return what it said."""
    environment = {**os.environ, "PORCHLIGHT_VAR": folder, "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def measure(command: str, path: Path) -> dict[str, object]:
    """Import one archive into an empty copy and render its posts again."""
    folder = tempfile.mkdtemp(prefix="porchlight-import-")
    holder = subprocess.Popen(
        [sys.executable, "-m", "config.stack", "services"],
        cwd=ROOT,
        env={**os.environ, "PORCHLIGHT_VAR": folder},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        manage(folder, "migrate", "--verbosity", "0")
        said = manage(folder, command, str(path))
        code = RENDER.replace("COMMAND", repr(command)).replace("PATH", repr(str(path)))
        rendered = manage(folder, "shell", "--no-imports", "-c", code)
    finally:
        holder.terminate()
        holder.wait(60)
        shutil.rmtree(folder, ignore_errors=True)
    whole = re.search(r"in ([\d.]+) s;", said)
    replay = re.search(r"heard it in ([\d.]+) s", said)
    alone = re.search(r"RENDERED(.*)", rendered)
    assert whole and replay and alone, said + rendered
    posts, seconds = json.loads(alone[1])
    return {
        "archive": path.name,
        "posts": posts,
        "import_s": float(whole[1]),
        "rendering_alone_s": round(seconds, 1),
        "ratio": round(float(whole[1]) / seconds, 2),
        "replay_s": float(replay[1]),
    }


def main() -> None:
    """Measure every archive that is here."""
    for command, name in ARCHIVES:
        path = DATA / name
        if path.exists():
            print(json.dumps(measure(command, path)), flush=True)
        else:
            print(f"{name} is not here: set PORCHLIGHT_DATA to the folder of the archives.")


if __name__ == "__main__":
    main()
