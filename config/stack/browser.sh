#!/usr/bin/env bash
# Print the Chromium that the browser tests drive, installing it where that is ours to do.
set -euo pipefail

find_one() {
  local name
  for name in ${CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}; do
    command -v "$name" && return
  done
  return 1
}

if ! find_one && [[ -z ${CHROMIUM:-} && $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  echo "Installing chromium for the browser tests." >&2
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update && apt-get install -y --no-install-recommends chromium; } >&2 && find_one && exit
  exit 1
fi
