"""`python -m config.stack up | services | stop | env | doctor | vapid-key | pg PROGRAM …`."""

import os
import shlex
import signal
import subprocess
import sys

from config.stack import environment, services
from config.stack.faults import StackFault

USAGE = (
    "usage: python -m config.stack up | services | stop | env | doctor | vapid-key | pg PROGRAM [arguments]"
)


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


def vapid_key() -> int:
    """Print a new private key for notices to browsers, for `VAPID_PRIVATE_KEY`. Nothing is kept of it."""
    from config.stack import secrets

    print(secrets.new_vapid_key())
    return 0


def pg(arguments: list[str]) -> int:
    """Run one of Postgres' own programs (psql, pg_dump, pg_restore …) on this copy's database."""
    from config.stack import postgres

    program = postgres.bin_folder() / arguments[0]
    if program.parent != postgres.bin_folder() or not program.is_file():
        raise StackFault(
            f"PostgreSQL has no program {arguments[0]} here.", "Try psql, pg_dump or pg_restore."
        )
    from psycopg import conninfo

    # By the environment: a password on the command line could be read by everyone on the machine.
    address = conninfo.conninfo_to_dict(services.ensure_services().database_url)
    names = {"host", "port", "user", "password", "sslmode", "sslrootcert"}
    given = {f"PG{name.upper()}": str(value) for name, value in address.items() if name in names}
    surroundings = {**os.environ, **given, "PGDATABASE": str(address.get("dbname", ""))}
    return subprocess.run([str(program), *arguments[1:]], env=surroundings, check=False).returncode


COMMANDS = {
    "up": up,
    "services": hold_services,
    "stop": stop,
    "env": env,
    "doctor": doctor,
    "vapid-key": vapid_key,
    "keep": keep,
}


def main(arguments: list[str]) -> int:
    """Run one command; a fault is a sentence and its cure, never a traceback."""
    command = COMMANDS.get(arguments[0]) if len(arguments) == 1 else None
    try:
        if len(arguments) > 1 and arguments[0] == "pg":
            return pg(arguments[1:])
        if command is not None:
            return command()
    except StackFault as fault:
        print(fault, file=sys.stderr)
        return 1
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
