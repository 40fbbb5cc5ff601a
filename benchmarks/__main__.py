"""`python -m benchmarks [startup|speed|importing …]`: run the named measurements, or all of them one after the other."""

import importlib
import sys

# In this order, so that the long one comes last. What breaks things on purpose has a command of its own: `make faults`.
MEASUREMENTS = ("startup", "importing", "unread", "members", "leaderboards", "speed")


def main(chosen: list[str]) -> int:
    """Run one after the other, so that they do not disturb each other."""
    unknown = set(chosen) - set(MEASUREMENTS)
    if unknown:
        print(f"Known are: {', '.join(MEASUREMENTS)}", file=sys.stderr)
        return 2
    for name in chosen or MEASUREMENTS:
        print(f"\n== {name}", flush=True)
        module = importlib.import_module(f"benchmarks.{name}")
        sys.argv = [f"benchmarks.{name}"]
        module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
