"""`python -m benchmarks [name …]`: run the named measurements, or all of them."""

import importlib
import pkgutil
import sys

import benchmarks


def names() -> list[str]:
    """Every module here that can measure something."""
    found = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    # What breaks things on purpose measures nothing, and has a command of its own: `make faults`.
    return [name for name in found if not name.startswith("_") and name != "faults"]


def main(chosen: list[str]) -> int:
    """Run one after the other, so that they do not disturb each other."""
    unknown = set(chosen) - set(names())
    if unknown:
        print(f"Known are: {', '.join(names())}", file=sys.stderr)
        return 2
    for name in chosen or names():
        print(f"\n== {name}")
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "main"):
            module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
