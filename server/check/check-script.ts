/**
 * Check script: fetches the checker from a Patchtrail server, runs it, and sends the report where there is a token.
 *
 * For POSIX sh and curl. The report is sealed and sent by Python, which nearly every machine has; the token stays in the
 * environment, never on a command line. Without Python the lines are left in a file. A checker that died of SIGSYS (a
 * shell says 128 + 31) before its first line was killed by a filter, which is an answer (native-check/PROTOCOL.md).
 */

import { limits } from '../../ingest/model/limits.ts';

/** `origin`: the server's address, checked: only what a URL's origin can hold is in it. */
export function checkScript(origin: string): string {
  const url = new URL(origin);
  const base = `${url.origin}${url.pathname.replace(/\/$/, '')}`;
  if (!/^https?:\/\/[\w.:[\]/-]+$/.test(base)) throw new TypeError('not an address of a server');
  return `#!/bin/sh
# Checks the kernel of this machine. Needs no root and leaves nothing behind.
# PATCHTRAIL_TOKEN in the environment: the report is sent to ${base}
set -u
case "$(uname -s) $(uname -m)" in
  "Linux x86_64") machine=x86_64 ;;
  "Linux aarch64") machine=aarch64 ;;
  *) echo "There is no checker for $(uname -s) $(uname -m): x86_64 and aarch64 Linux only." >&2; exit 3 ;;
esac
folder=$(mktemp -d) || exit 70
trap 'rm -rf "$folder"' EXIT
trap 'exit 70' INT TERM
curl -fsS -o "$folder/check-native" "${base}/native/check-native-$machine" || {
  echo "The checker for $machine could not be fetched from ${base}; its administrator can build it there." >&2
  exit 70
}
chmod 700 "$folder/check-native"
"$folder/check-native" "$@" > "$folder/lines"
status=$?
if [ $status -eq 159 ] && [ ! -s "$folder/lines" ]; then
  status=3
  cat > "$folder/lines" << END
{"type":"start","schema":1,"checks":["new-task-cpu-id"]}
{"type":"machine","release":"$(uname -r)","version":"$(uname -v)","arch":"$(uname -m)"}
{"type":"end","verdict":"unsupported","reason":"killed-by-filter","exit":3}
END
fi
# What tells of the machine is shown before it is sent.
grep -E '"type":"(machine|result|end)"' "$folder/lines"
[ -n "\${PATCHTRAIL_TOKEN:-}" ] || exit $status
if command -v python3 > /dev/null; then
  python3 - "${base}" "$folder/lines" << 'END' || exit 70
import hashlib, hmac, json, os, sys, time, urllib.error, urllib.request
base, path = sys.argv[1:3]
token = os.environ["PATCHTRAIL_TOKEN"]
lines = [line for at, line in enumerate(open(path, encoding="utf-8").read().splitlines())
         if at < ${limits.checkerProgressLines} or '"type":"progress"' not in line]
sent = str(int(time.time() * 1000))
mac = hmac.new(token.encode(), "\\n".join([sent] + lines).encode(), hashlib.sha256).hexdigest()
request = urllib.request.Request(base + "/api/v1/reports", json.dumps({"lines": lines}).encode(), {
    "Content-Type": "application/json",
    "Authorization": "Bearer " + token,
    "X-Patchtrail-Seal": sent + " " + mac,
})
try:
    urllib.request.urlopen(request, timeout=30).read()
except urllib.error.HTTPError as error:
    sys.exit("The report was refused: " + error.read().decode(errors="replace")[:500])
except urllib.error.URLError as error:
    sys.exit("The report was not sent: " + str(error.reason))
print("report sent to " + base, file=sys.stderr)
END
else
  kept=$(mktemp) && cp "$folder/lines" "$kept"
  echo "There is no python3 to send the report; its lines are in $kept." >&2
fi
exit $status
`;
}
