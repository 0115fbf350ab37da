"""Every answer of KRR is as its OpenAPI document says: those to requests that
schemathesis makes from the document, good and bad ones, the same in every run,
and those about all persons there are."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

SCOPES = "krr:global/kontaktinformasjon.read", "krr:global/digitalpost.read", "krr:global/hentendring.read"

# The register takes null for absent and skips what it does not know, as the usual
# Java services do. What the document calls good is never refused.
LENIENT = [negative_data_rejection]


@pytest.fixture
def document(sandbox):
    return schemathesis.openapi.from_url(f"{sandbox.base}/v3/api-docs")


@pytest.fixture
def authorized(token):
    return {"Authorization": f"Bearer {token(*SCOPES)}"}


schema = schemathesis.pytest.from_fixture("document")


@schema.parametrize()
@settings(max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_made_up_requests(case, token):
    case.call_and_validate(headers={"Authorization": f"Bearer {token(*SCOPES)}"}, excluded_checks=LENIENT)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("scopes", [SCOPES[:1], SCOPES[1:2], SCOPES[:2]], ids=["contact", "mailbox", "both"])
def test_all_persons(sandbox, document, token, version, scopes):
    authorized = {"Authorization": f"Bearer {token(*scopes)}"}
    seen = 0
    for ids in pages(sandbox):
        case = document[f"/rest/v{version}/personer"]["POST"].Case(
            body={"personidentifikatorer": ids}, media_type="application/json"
        )
        seen += len(case.call_and_validate(headers=authorized).json()["personer"])
    assert seen > 9_000


def test_all_changes(document, authorized):
    seen, last = 0, 0
    while True:
        case = document["/rest/v2/krr/hentEndringer"]["POST"].Case(body={"fraEndringsId": last}, media_type="application/json")
        page = case.call_and_validate(headers=authorized).json()
        seen, last = seen + len(page["list"]), page["tilEndringsId"]
        if last >= page["sisteEndringsId"]:
            break
    assert seen > 9_000


def pages(sandbox):
    """All identity numbers, a thousand at a time."""
    cursor = ""
    while True:
        page = httpx.get(f"{sandbox.base}/sandbox/v1/persons", params={"limit": 1000, "cursor": cursor}).json()
        yield [person["personidentifikator"] for person in page["persons"]]
        if not (cursor := page.get("next")):
            return
