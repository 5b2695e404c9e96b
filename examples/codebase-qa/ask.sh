#!/bin/sh
# Asks about the repository in this folder. Usage: ask.sh QUESTION [SCOPE]
# Exit: 0 all in scope was looked at, 1 failed or partial, 2 bad usage, 3 the model is not available.
[ $# -ge 1 ] || { echo "usage: ask.sh QUESTION [SCOPE]" >&2; exit 2; }
result=$(rlm-mcp ask --json ${2:+--over "$2"} -- "$1")
code=$?
[ -n "$result" ] || exit "$code" # bad usage: said on stderr
if printf '%s' "$result" | jq -e .error >/dev/null; then
  printf '%s' "$result" | jq -r '.error | "\(.code): \(.message). \(.next // "")"' >&2
  exit "$code"
fi
# ready: the answer is a model's; else the findings are quoted evidence for you to judge.
printf '%s' "$result" | jq -r '
  (if .ready then .answer else .note // .reason // "no answer" end),
  (.findings[]?.citations[]? | "\(.handle)\(if .checked == "exact" then "" else " (quote: \(.checked))" end)\n\(.quote)"),
  "\(.status); judged \(.coverage.judged) of \(.coverage.units); \(.spent.calls) calls, \(.spent.usd // "unknown") USD"'
exit "$code"
