#!/bin/sh
# Judges each member that a branch changes, under a budget. Usage: review.sh [RANGE], default main..HEAD; the model is RLM_MCP_MODEL, default auto.
# Exit: 0 no problem found, 1 problems or not everything judged, 2 bad usage, 3 no model.
range=${1:-main..HEAD}
question='Does this code have a bug: wrong result, crash, leak or race? Style is no problem.'
schema='{"type":"object","properties":{"problem":{"type":"boolean"},"why":{"type":"string"}},"required":["problem","why"]}'
result=$(rlm-mcp ask "$question" --over "$range" --per symbol --mode map --merge none --schema "$schema" \
  --model "${RLM_MCP_MODEL:-auto}" --max-calls 40 --max-tokens 400000 --max-usd 0.50 --max-seconds 600 --wait 600 --budget 20000 --json)
code=$?
case $code in
  0 | 1) ;;
  3) echo "review: no model is available" >&2; printf '%s\n' "$result" | jq -r '.error.next // empty' >&2; exit 3 ;;
  *) printf '%s\n' "$result" >&2; exit "$code" ;;
esac
if printf '%s' "$result" | jq -e .error >/dev/null; then
  printf '%s' "$result" | jq -r '"review: \(.error.message)"' >&2
  exit 1
fi
if printf '%s' "$result" | jq -e '.coverage.units == 0 and (.status == "complete" or .reason == "nothing in scope to judge")' >/dev/null; then
  echo "review: $range changes nothing to judge"
  exit 0
fi
printf '%s' "$result" | jq -r '
  (.findings[] | select(.value.problem) | "\(.unit)  \(.value.why)"),
  (.missing[]? | "\(.unit)  not judged: \(.reason)"),
  (if .shown < .total then "review: \(.total - .shown) findings did not fit; see rlm-mcp session \(.session)" else empty end),
  "review: judged \(.coverage.judged) of \(.coverage.units), \(.spent.calls) calls, \(.spent.usd // "unknown") USD\(if .status == "complete" then "" else "; \(.status): \(.reason // "")" end)"'
[ "$code" -eq 0 ] || exit 1
printf '%s' "$result" | jq -e '.shown == .total and (any(.findings[]; .value.problem) | not)' >/dev/null
