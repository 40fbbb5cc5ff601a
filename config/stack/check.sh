#!/usr/bin/env bash
# Everything a machine can judge without running the tests. All of it runs, whatever is wrong.
set -euo pipefail

py=.venv/bin/python
apps=(config community rewards engagement)
failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() {
  local name=$1
  shift
  printf '%-44s' "$name"
  if "$@" >"$scratch/said" 2>&1; then
    echo ok
  else
    echo 'NOT OK'
    cat "$scratch/said"
    failed=1
  fi
}

# A generated document in the repository must be what the code generates now.
unchanged() {
  local document=$1
  shift
  [[ -f $document ]] || return 0
  "$@" "$scratch/generated" && diff -u "$document" "$scratch/generated" && return
  echo "$document is out of date. Generate it again: $* $document"
  return 1
}

# As on a public site, with zero warnings.
deployable() {
  env PORCHLIGHT_ENV=production BASE_URL=https://community.example.org BEHIND_PROXY=1 \
    SECRET_KEY="$($py -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    DATABASE_URL=postgresql://porchlight:secret@db.example.org/porchlight \
    REDIS_URL=redis://queue.example.org:6379/0 EMAIL_URL=smtp://mail.example.org:25 \
    PORCHLIGHT_VAR="$scratch/var" $py manage.py check --deploy --fail-level WARNING
}

step "Layout of the code (ruff format)" $py -m ruff format --check .
step "Lint (ruff)" $py -m ruff check .
step "Types (mypy)" $py -m mypy "${apps[@]}"
step "Who may import whom (import-linter)" .venv/bin/lint-imports
step "Templates (djlint)" .venv/bin/djlint templates --lint --quiet
step "Delivered scripts and styles are current" $py frontend/build.py --check
step "Every language has every sentence" $py manage.py messages --check
step "Migrations match the models" $py manage.py makemigrations --check --dry-run
step "The API description is current" unchanged docs/openapi.yaml $py manage.py spectacular --validate --fail-on-warn --file
step "The list of verbs is current" unchanged docs/verbs.md $py manage.py verbs_doc --file
step "The list of numbers is current" unchanged docs/numbers.md $py manage.py numbers_doc --file
step "Ready for a public site (check --deploy)" deployable

exit "$failed"
