# Renews base.txt, s3.txt, dev.txt and bench.txt from pyproject.toml: for every platform, with hashes, without naming a registry.
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$PYTHON" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv

compile() {
    "$tools/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header "$@"
}
compile pyproject.toml --output-file requirements/base.txt
compile --group s3 --constraints requirements/base.txt --output-file requirements/s3.txt
compile pyproject.toml --group s3 --group dev --constraints requirements/base.txt --constraints requirements/s3.txt --output-file requirements/dev.txt
compile pyproject.toml --group bench --constraints requirements/dev.txt --output-file requirements/bench.txt

if grep -nE '^--|https?://|file:' requirements/base.txt requirements/s3.txt requirements/dev.txt requirements/bench.txt; then
    echo "The lines above name a registry; a lock file must not." >&2
    exit 1
fi
