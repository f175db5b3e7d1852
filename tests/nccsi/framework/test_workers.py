"""Tests that share something costly stay with one worker, as long as the versions of pytest and xdist agree on how."""

import os

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(3))
def test_a_group_is_known_to_who_gives_out_the_tests(request: pytest.FixtureRequest, number: int) -> None:
    with_groups = "PYTEST_XDIST_WORKER" in os.environ and request.config.option.loadgroup
    assert request.node.nodeid.endswith(f"[{number}]" + ("@together" if with_groups else ""))
