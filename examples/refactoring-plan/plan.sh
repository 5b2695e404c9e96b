#!/bin/sh
# What a change of a symbol touches. Usage: plan.sh TYPE.METHOD
[ $# -eq 1 ] || { echo "usage: plan.sh TYPE.METHOD" >&2; exit 2; }
rlm-mcp refs "$1" --as impact --deadline 30 || exit # every site, kept as the set @impact
echo
rlm-mcp read @impact --unit symbol || exit # the members around them
echo
rlm-mcp refs "$1" --relation tests --deadline 30 # what to run afterwards
