#!/usr/bin/env bash
# Run the tests: test.sh WORKERS [pytest arguments]
set -euo pipefail

workers=$1
shift

if CHROMIUM=$(bash config/stack/browser.sh | tail -1) && [[ -n $CHROMIUM ]]; then
  export CHROMIUM
  exec .venv/bin/python -m pytest -n "$workers" --dist loadgroup "$@"
fi

cat >&2 <<'END'
No Chromium was found, so the browser tests cannot run.
  Install it (Debian, Ubuntu: apt-get install chromium), or name yours: make test CHROMIUM=/path/to/chromium
END
if [[ -n ${CI:-} ]]; then
  exit 1
fi
echo "Running all the others." >&2
exec .venv/bin/python -m pytest -n "$workers" --dist loadgroup -m "not browser" "$@"
