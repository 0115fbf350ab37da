#!/bin/sh
# Builds the theme and copies what the pages use of the packages named in
# package.json. For maintainers: needs Node 20.20 or newer. Users need nothing,
# since the result is committed and embedded in the program.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
vendor=$here/../static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/designsystemet.config.json" "$work"
cd "$work"
npm ci --no-progress --ignore-scripts
npx --no-install designsystemet tokens create --config designsystemet.config.json
npx --no-install designsystemet tokens build --config designsystemet.config.json -t design-tokens -o out

css=node_modules/@digdir/designsystemet-css
inter=node_modules/@fontsource-variable/inter
cp "$css/dist/src/index.css" "$vendor/designsystemet.css"
cp "$css/LICENSE" "$vendor/designsystemet.LICENSE"
cp out/liksom.css "$vendor/theme.css"
cp "$inter/files/inter-latin-wght-normal.woff2" "$vendor/inter.woff2"
cp "$inter/LICENSE" "$vendor/inter.LICENSE"
cp node_modules/htmx.org/dist/htmx.min.js "$vendor/htmx.js"
cp node_modules/htmx.org/LICENSE "$vendor/htmx.LICENSE"

cd "$vendor"
sha256sum designsystemet.LICENSE designsystemet.css htmx.LICENSE htmx.js inter.LICENSE inter.woff2 theme.css > SHA256SUMS
