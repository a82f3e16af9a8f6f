#!/bin/sh
# Reads captures on several hosts with GNU parallel: NUL-terminated paths on standard input, rows on standard output.
#
#   find captures -name '*.sse' -print0 | parallel.sh --sshloginfile hosts.txt > rows.ndjson
#
# Each job has up to 200 captures. A job that is killed, or whose host is lost, is retried, on another host if there is one;
# its output is written when it succeeds. $SSESCOPE: the command to run.
exec parallel --null --max-args 200 --keep-order --retries 3 "$@" \
  "${SSESCOPE:-ssescope}"' check --no-config --reporter rows {}; code=$?; [ "$code" -le 8 ] || exit "$code"'
