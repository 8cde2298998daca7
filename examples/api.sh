#!/usr/bin/env bash
# Reads and changes a shared workspace with curl.
# Needs DRIFT_STATUS_URL, where "drift-status serve" is, and DRIFT_STATUS_TOKEN.
set -euo pipefail

# The token goes through a file descriptor: the arguments of a process can be read by others.
ask() {
  curl --silent --show-error --fail-with-body \
    --header @<(printf 'Authorization: Bearer %s\n' "$DRIFT_STATUS_TOKEN") \
    --header 'Content-Type: application/json' "$@"
}

# Who am I, and what may I do?
ask "$DRIFT_STATUS_URL/v1/me"
echo

# Away until half an hour from now. The same Idempotency-Key again would do nothing more.
until=$(node -p 'new Date(Date.now() + 30 * 60_000).toISOString()')
ask --request PUT "$DRIFT_STATUS_URL/v1/agents/me/status" \
  --header "Idempotency-Key: example-$$-$RANDOM" \
  --header 'Drift-Status-Note: lunch' \
  --data "{\"status\": \"away\", \"until\": \"$until\"}"
echo

# What would a visitor see now, and who would get the chat?
ask --request POST "$DRIFT_STATUS_URL/v1/simulate" --data '{}'
echo
