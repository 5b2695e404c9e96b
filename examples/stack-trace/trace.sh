#!/bin/sh
# From a stack trace to its places in this repository, their callers and their last commits. Usage: trace.sh [FILE], else stdin
trace=$(cat -- "${1:--}") || exit 2
rlm-mcp read "$trace" || exit
rlm-mcp read "$trace" --json | jq -r '.slices[].symbol // empty' | awk '!seen[$0]++' | head -n 5 | while read -r symbol; do
  echo
  rlm-mcp refs "$symbol" --relation callers
  rlm-mcp history "$symbol" --limit 3
done
