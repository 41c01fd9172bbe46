#!/bin/sh
# Runs the browser tests of a directory, or says in one line why not. With BROWSER_TESTS=required that is a failure.
# The arguments are the directory, and the class path of the demo where the tests start it.
set -eu
cd "$1"
export DEMO_CLASSPATH="${2:-}"

skip() {
  echo "!!! BROWSER TESTS SKIPPED: $1" >&2
  [ "${BROWSER_TESTS:-}" != required ] || exit 1
  exit 0
}

node -e 'if (parseInt(process.versions.node, 10) < 20) process.exit(1)' 2>/dev/null || skip "no Node.js 20 or newer on the PATH"
command -v npm >/dev/null || skip "no npm on the PATH"
for browser in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  [ ! -x "$browser" ] || break
done
[ -x "$browser" ] || skip "no Chromium in /usr/bin, and CHROMIUM names none"
export CHROMIUM="$browser"

# npm ci begins anew each time; what the lock file asks for is there if npm has written its own copy since.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund
npm test
