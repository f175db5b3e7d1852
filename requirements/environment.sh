# Makes the virtual environment $1 with $PYTHON; unless that is named, with a Python on the path that is new enough.
set -eu
venv=$1
old='import sys; sys.exit(sys.version_info < (3, 11))'

if "$venv/bin/python" -c "$old" 2>/dev/null; then
    exit 0
fi

chosen=
if [ "$PYTHON" = python3 ]; then # not named by the caller: the first that is new enough
    candidates="python3 python3.13 python3.12 python3.11 python3.14 python"
else
    candidates=$PYTHON
fi
for python in $candidates; do
    if "$python" -c "$old" 2>/dev/null; then
        chosen=$python
        break
    fi
done
if [ -z "$chosen" ]; then
    found=$("$PYTHON" --version 2>/dev/null || echo "none as $PYTHON")
    echo "NCCSI needs Python 3.11 or newer, and found $found; install one or name it: make run PYTHON=/path/to/python3.11" >&2
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
