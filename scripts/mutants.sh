#!/bin/sh
# Changes sealing, tokens and disclosure one place at a time, and prints each change that no test notices.
# In a copy of the repository, so that an interruption leaves no mutant behind. docs/anonymity.md says why survivors are harmless.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
PATH="$root/.venv/bin:$PATH"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | xargs -0 cp --parents --target-directory="$copy"
cd "$copy"
# These tests need neither server.
export DATABASE_URL=sqlite://:memory: REDIS_URL=redis://127.0.0.1:6379/0 PYTHONDONTWRITEBYTECODE=1

mutate() {
    module=$1
    shift
    cat >session.toml <<TOML
[cosmic-ray]
module-path = "$module"
timeout = 120.0
excluded-modules = []
test-command = "python -m pytest -x -q -p no:cacheprovider --hypothesis-profile=search --hypothesis-seed=1 $*"

[cosmic-ray.distributor]
name = "local"
TOML
    rm -f session.sqlite
    cosmic-ray init session.toml session.sqlite
    cosmic-ray --verbosity=ERROR baseline session.toml
    cosmic-ray --verbosity=ERROR exec session.toml session.sqlite
    echo "== $module"
    cr-report --surviving-only --show-diff session.sqlite
}

mutate surveys/ballot/tokens.py tests/surveys/ballot/test_tokens.py
mutate surveys/ballot/sealing.py tests/surveys/ballot/test_sealing.py
mutate diagnostics/core/disclosure/tree.py tests/diagnostics/core/disclosure/test_homogeneity.py tests/diagnostics/core/disclosure/test_residual.py tests/diagnostics/core/disclosure/test_residual_properties.py
