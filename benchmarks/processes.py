"""What processes cost: CPU from the scheduler's own nanoseconds, memory as PSS."""

import os
import re
from pathlib import Path


def children() -> dict[int, int]:
    """Return the parent of every process."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                text = Path(f"/proc/{name}/stat").read_text()
            except OSError:
                continue
            parents[int(name)] = int(text[text.rindex(")") + 2 :].split()[1])
    return parents


def tree(roots: list[int]) -> set[int]:
    """Return the processes below some roots, the roots included."""
    parents = children()
    found, waiting = set(), list(roots)
    while waiting:
        pid = waiting.pop()
        if pid in parents and pid not in found:
            found.add(pid)
            waiting += [child for child, parent in parents.items() if parent == pid]
    return found


def cpu_seconds(pids: set[int]) -> float:
    """Return the CPU time of all threads of some processes so far."""
    total = 0
    for pid in pids:
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                total += int(Path(f"/proc/{pid}/task/{thread}/schedstat").read_text().split()[0])
        except (OSError, IndexError, ValueError):
            continue
    return total / 1e9


def pss_mb(pids: set[int]) -> float:
    """Return the memory of some processes; pages they share count once."""
    total = 0
    for pid in pids:
        try:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total / 1024
