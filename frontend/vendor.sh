#!/bin/sh
# Install the pinned browser packages and copy what is delivered into static/dist/vendor, then write the bundles.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund
out=../static/dist/vendor
mkdir -p "$out" ../tests/browser
cp node_modules/htmx.org/dist/htmx.min.js "$out/htmx.js"
# These two come with their comments and long names; a page carries only what runs.
node_modules/.bin/terser node_modules/@github/text-expander-element/dist/bundle.js --module --compress --mangle -o "$out/text-expander.js"
node_modules/.bin/terser node_modules/@github/markdown-toolbar-element/dist/index.js --module --compress --mangle -o "$out/markdown-toolbar.js"
# The worker alone: the widget around it is 30 kB of what our forms need none of.
node_modules/.bin/terser node_modules/altcha/dist/workers/pbkdf2.js --compress --mangle -o "$out/altcha-worker.js"
# The same sum for pages by plain http, where a browser offers none of its own.
node_modules/.bin/esbuild plain-sum.js --bundle --minify --target=es2020 --legal-comments=none --outfile="$out/plain-sum.js"
cp node_modules/axe-core/axe.min.js ../tests/browser/axe.min.js
{
  echo "Browser code delivered with Porchlight that others wrote, with the terms they gave."
  for package in htmx.org @github/text-expander-element @github/combobox-nav @github/markdown-toolbar-element altcha @noble/hashes; do
    printf '\n======== %s %s\n\n' "$package" "$(node -p "require('./node_modules/$package/package.json').version")"
    cat "node_modules/$package/LICENSE" 2>/dev/null || cat "node_modules/$package/LICENSE.txt"
  done
} > "$out/LICENCES.txt"
python3 build.py
