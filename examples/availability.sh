#!/bin/sh
# Availability as code in any CI: the steps of availability.yml, one a sub-command.
#   availability.sh check    a pull request: needs no workspace
#   availability.sh plan     a pull request: needs DRIFT_STATUS_URL, and DRIFT_STATUS_TOKEN with the scope read
#   availability.sh apply    a merge: needs a token that may do everything; COMMIT says where the document is from
#   availability.sh drift    every night: exits 3 when the workspace is not as the document says
set -eu

workspace=${WORKSPACE:-workspace.yaml}
scenarios=${SCENARIOS:-scenarios.yaml}

case ${1:-} in
  check)
    drift-status lint --file "$workspace"
    drift-status check "$scenarios" --file "$workspace"
    ;;
  plan)
    drift-status plan "$workspace"
    ;;
  apply)
    plan=$(mktemp)
    trap 'rm -f "$plan"' EXIT
    drift-status plan "$workspace" --out "$plan"
    drift-status apply "$plan" --yes --source "${COMMIT:-$(git rev-parse HEAD)}"
    ;;
  drift)
    drift-status plan "$workspace" --exit-code
    ;;
  *)
    echo "usage: $0 check|plan|apply|drift" >&2
    exit 2
    ;;
esac
