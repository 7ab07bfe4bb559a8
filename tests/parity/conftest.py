from __future__ import annotations

import pytest

from tests.parity.engine import Engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`algorithm` and `isa` are every one that the library has; a new one is tested."""
    built = Engine()
    if "algorithm" in metafunc.fixturenames:
        metafunc.parametrize("algorithm", built.algorithms)
    if "isa" in metafunc.fixturenames:
        metafunc.parametrize(
            "isa", [None, *built.isas], ids=lambda isa: isa or "chosen"
        )
