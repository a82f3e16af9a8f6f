#!/bin/sh
# Captures on several hosts, with GNU parallel: a list of paths on standard input, ended by NUL, rows on standard output.
#
#   find captures -name '*.sse' -print0 | parallel.sh --sshloginfile hosts.txt > rows.ndjson
#
# Each job has up to 200 captures. One that is killed, or whose host is lost, is tried again, elsewhere if there is another
# host; its output is written when it has succeeded. $SSESCOPE: the command to run.
exec parallel --null --max-args 200 --keep-order --retries 3 "$@" \
  "${SSESCOPE:-ssescope}"' check --no-config --reporter rows {}; code=$?; [ "$code" -le 7 ] || exit "$code"'
