import pytest


@pytest.fixture(autouse=True)
def _patient_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.public_forms.spam.MINIMUM_SECONDS", 0)
