"""`python -m config.stack up | services | stop | env | doctor`."""

import shlex
import signal
import sys

from config.stack import environment, services
from config.stack.faults import StackFault

USAGE = "usage: python -m config.stack up | services | stop | env | doctor"


def up() -> int:
    """Run the whole site until Ctrl-C."""
    from config.stack import supervisor

    return supervisor.run()


def hold_services() -> int:
    """Run only the database and the queue until Ctrl-C."""
    found = services.ensure_services()
    print(
        f"Postgres  {found.database_url}\nRedis     {found.redis_url}\nCtrl-C stops them.",
        flush=True,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print()
    return 0


def stop() -> int:
    """Stop the database and the queue of this copy, whoever uses them."""
    print("Stopped." if services.stop_services() else "Nothing was running.")
    return 0


def env() -> int:
    """Print the environment of this copy for a shell: `eval "$(python -m config.stack env)"`."""
    for name, value in environment.load().items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def keep() -> int:
    """For internal use: be the keeper."""
    from config.stack import keeper

    return keeper.keep()


def doctor() -> int:
    """Say what keeps Porchlight from running here."""
    from config.stack import diagnosis

    return diagnosis.report()


COMMANDS = {"up": up, "services": hold_services, "stop": stop, "env": env, "doctor": doctor, "keep": keep}


def main(arguments: list[str]) -> int:
    """Run one command; a fault is a sentence and its cure, never a traceback."""
    command = COMMANDS.get(arguments[0]) if len(arguments) == 1 else None
    if command is None:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return command()
    except StackFault as fault:
        print(fault, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
