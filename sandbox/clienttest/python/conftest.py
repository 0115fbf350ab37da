import httpx
import pytest

from server import Sandbox


@pytest.fixture(scope="session")
def sandbox():
    running = Sandbox()
    yield running
    running.stop()


@pytest.fixture
def token(sandbox):
    """Mints an access token of the client demo with the scopes that are given."""

    def mint(*scopes):
        answer = httpx.post(
            f"{sandbox.base}/sandbox/v1/tokens",
            json={"client_id": "demo", "scope": " ".join(scopes)},
            headers={"Accept": "text/plain"},
        )
        assert answer.status_code == 200, answer.text
        return answer.text.strip()

    return mint
