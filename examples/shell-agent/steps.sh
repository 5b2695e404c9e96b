#!/bin/sh
# The steps of an agent with nothing but a shell: which files of this repository does a long log name, and what fails there? Usage: steps.sh LOG
log=$1
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
# 1. The long input stays a file: look at its size and its edges.
wc -c <"$log"
head -c 300 "$log"
# 2. So do long results: to a file, then one line of it.
rlm-mcp search 'throw new' --json >"$work/throws.json" || exit
jq -c '{total, shown, complete}' "$work/throws.json"
# 3. The log becomes a variable of a session; its text is never printed.
{ printf 'log = '; jq -Rs . <"$log"; } | rlm-mcp program - --json >"$work/program.json" || exit
session=$(jq -r .session "$work/program.json")
# 4. Programs compute with it; only the last expression comes back.
rlm-mcp program --session "$session" --json 'named = {f["path"]: log.count(f["path"]) for f in files() if f["path"] in log}
sorted(named.items(), key=lambda pair: -pair[1])[:5]' >"$work/named.json" || exit
jq -c .value "$work/named.json"
rlm-mcp program --session "$session" --json '[(h["path"], h["line"]) for h in search("throw new") if h["path"] in named]' | jq -c .value
