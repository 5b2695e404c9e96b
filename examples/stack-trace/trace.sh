#!/bin/sh
# From a stack trace to its places in this repository, their callers and their last commits. Usage: trace.sh [FILE], else stdin
# Exit: 0 done, 1 where something failed or is partial, 2 no such file, or an empty one.
trace=$(cat -- "${1:--}") || exit 2
code=0
rlm-mcp read "$trace" || code=$?
rlm-mcp read "$trace" --json 2>/dev/null | jq -r '.slices[]?.symbol // empty' | awk '!seen[$0]++' | head -n 5 | {
  while read -r symbol; do
    echo
    rlm-mcp refs "$symbol" --relation callers --deadline 30 || code=$?
    rlm-mcp history "$symbol" --limit 3 || code=$?
  done
  exit "$code"
}
