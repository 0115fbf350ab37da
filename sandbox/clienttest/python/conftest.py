import time

import httpx
import pytest

from server import Sandbox


@pytest.fixture(scope="session")
def sandbox():
    running = Sandbox()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def token(sandbox):
    """Mints an access token of the client demo with the scopes that are given, or
    gives one again whose two minutes are not over soon."""
    minted = {}

    def mint(*scopes):
        if scopes not in minted or minted[scopes][1] < time.monotonic() - 60:
            answer = httpx.post(
                f"{sandbox.base}/sandbox/v1/tokens",
                json={"client_id": "demo", "scope": " ".join(scopes)},
                headers={"Accept": "text/plain"},
            )
            assert answer.status_code == 200, answer.text
            minted[scopes] = answer.text.strip(), time.monotonic()
        return minted[scopes][0]

    return mint
