# Makes the virtual environment $1 with $PYTHON, or with the newest Python on the path that is new enough.
set -eu
venv=$1
old='import sys; sys.exit(sys.version_info < (3, 11))'

if "$venv/bin/python" -c "$old" 2>/dev/null; then
    exit 0
fi

chosen=
for python in "$PYTHON" python3.14 python3.13 python3.12 python3.11 python3 python; do
    if "$python" -c "$old" 2>/dev/null; then
        chosen=$python
        break
    fi
done
if [ -z "$chosen" ]; then
    found=$("$PYTHON" --version 2>&1 || true)
    echo "NCCSI needs Python 3.11 or newer, and found only ${found:-none}; install one or name it: make run PYTHON=/path/to/python3.11" >&2
    exit 1
fi

echo "  Making $venv with $("$chosen" --version) …"
rm -rf "$venv"
if ! problem=$("$chosen" -m venv "$venv" 2>&1); then
    rm -rf "$venv"
    echo "$problem" >&2
    echo "NCCSI needs Python's venv module, which did not work; on Debian: apt-get install python3-venv" >&2
    exit 1
fi
