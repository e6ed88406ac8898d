#!/usr/bin/env bash
# The share of the traffic that HAProxy gives the canary, set and read over its runtime API (a stats socket with level admin).
#   weight.sh HOST:PORT set 10    gives the canary 10 % and stable the rest
#   weight.sh HOST:PORT get       says which share the canary has, in percent
set -euo pipefail

ask() {
  exec 3<>"/dev/tcp/${admin%:*}/${admin##*:}"
  printf '%s\n' "$1" >&3
  cat <&3
  exec 3>&-
}

admin=$1
case $2 in
  set)
    canary="set weight shop/canary $3" stable="set weight shop/stable $((100 - $3))"
    # Whoever gains comes first: with both at 0 nobody would answer the customers in between.
    if [ "$3" = 0 ]; then refused=$(ask "$stable; $canary"); else refused=$(ask "$canary; $stable"); fi
    [ -z "$refused" ] || { echo "HAProxy: $refused" >&2; exit 1; }
    echo "$3" >>acted
    # For as long as the folder has this file, the program doesn't end after it has acted.
    if [ -e "linger-at-$3" ]; then touch lingering; exec sleep 60; fi
    ;;
  get)
    # Each answer is a line such as "10 (initial 0)".
    { read -r canary _; read -r stable _; } < <(ask "get weight shop/canary; get weight shop/stable" | grep .)
    echo $((100 * canary / (canary + stable)))
    ;;
  *) echo "weight.sh: set or get, not '$2'" >&2; exit 2 ;;
esac
