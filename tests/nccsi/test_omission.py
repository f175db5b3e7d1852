"""What a machine lacks is left out loudly, and fails when all is required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import BASE_DIR

SUITE = """
import pytest

@pytest.mark.needs("chromium")
def test_with_browser():
    pass

def test_without():
    pass
"""


@pytest.mark.parametrize(("required", "code"), [("", 0), ("1", 1)])
def test_omission_is_named_and_can_be_made_a_failure(tmp_path: Path, required: str, code: int) -> None:
    (tmp_path / "test_suite.py").write_text(SUITE)
    env = os.environ | {"REQUIRE_ALL": required, "PATH": "/nowhere", "CHROMIUM": "/no/chromium"}
    command = [sys.executable, "-m", "pytest", "-c", str(BASE_DIR / "pyproject.toml"), "--rootdir", str(BASE_DIR)]
    command += ["-p", "no:cacheprovider", str(tmp_path / "test_suite.py")]
    done = subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stdout
    assert "needs chromium: no Chromium on the path" in done.stdout
    assert ("LEFT OUT" in done.stdout) is not bool(required)
    assert ("left out, although REQUIRE_ALL is set" in done.stdout) is bool(required)
