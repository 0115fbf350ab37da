"""Published Python clients, unchanged but for addresses and key: a token, a look-up
with it, and one refusal as the client reports it."""

import subprocess
import sys
from types import SimpleNamespace

import httpx
import pytest
from authlib.integrations.requests_client import AssertionSession
from authlib.oauth2 import OAuth2Error
from jwcrypto.jwk import JWK
from pymaskinporten import request_token

SCOPE = "krr:global/kontaktinformasjon.read krr:global/digitalpost.read"
CLIENT = "demo"
PERSON = "05840399895"


@pytest.fixture
def maskinporten(sandbox):
    metadata = httpx.get(f"{sandbox.base}/maskinporten/.well-known/oauth-authorization-server").json()
    key = httpx.get(f"{sandbox.base}/sandbox/v1/clients/{CLIENT}/key").json()
    return SimpleNamespace(issuer=metadata["issuer"], endpoint=metadata["token_endpoint"], key=key)


def assert_finds_person(answer):
    assert answer.status_code == 200, answer.text
    (person,) = answer.json()["personer"]
    assert person["personidentifikator"] == PERSON
    assert person["varslingsstatus"] == "KAN_VARSLES"


class TestAuthlib:
    """authlib has a client for RFC 7523 that refreshes its token by itself."""

    def session(self, maskinporten, **changes):
        settings = {
            "token_endpoint": maskinporten.endpoint,
            "issuer": CLIENT,
            "subject": None,
            "audience": maskinporten.issuer,
            "claims": {"scope": SCOPE},
            "key": maskinporten.key,
            "header": {"alg": "RS256", "kid": maskinporten.key["kid"]},
            "expires_in": 120,
        }
        return AssertionSession(**(settings | changes))

    def test_looks_a_person_up(self, sandbox, maskinporten):
        session = self.session(maskinporten)
        assert_finds_person(session.post(f"{sandbox.base}/rest/v2/personer", json={"personidentifikatorer": [PERSON]}))
        assert session.token["expires_in"] == 119
        assert session.token["scope"] == SCOPE

    def test_is_refused_with_its_own_lifetime_of_an_hour(self, maskinporten):
        with pytest.raises(OAuth2Error) as refused:
            self.session(maskinporten, expires_in=3600).refresh_token()
        assert refused.value.error == "invalid_grant"
        assert "trace_id" in refused.value.description

    def test_uses_a_jti_twice_unless_it_gets_claims_anew(self, maskinporten):
        # authlib writes the jti that it makes into the claims it was given.
        session = self.session(maskinporten)
        session.refresh_token()
        with pytest.raises(OAuth2Error) as refused:
            session.refresh_token()
        assert "Grant is used before" in refused.value.description
        session.claims = {"scope": SCOPE}
        assert session.refresh_token()["access_token"]


def test_the_code_that_the_page_gives_runs(sandbox):
    code = httpx.get(f"{sandbox.base}/token/klienter/{CLIENT}/python").text
    ran = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, timeout=60)
    assert '"varslingsstatus":"KAN_VARSLES"' in ran.stdout, ran.stderr


class TestPymaskinporten:
    """pymaskinporten 1.1.1 signs for the token endpoint, not for the issuer."""

    @pytest.fixture(autouse=True)
    def settings(self, maskinporten, monkeypatch):
        pem = JWK(**maskinporten.key).export_to_pem(private_key=True, password=None).decode()
        values = {"PRIVATE_KEY": pem, "KID": maskinporten.key["kid"], "MASKINPORTEN_CLIENT_ID": CLIENT, "SCOPE": SCOPE}
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        # The addresses stand in the code: the real one is exchanged where it is used.
        build = request_token.build_jwt
        monkeypatch.setattr(request_token, "build_jwt", lambda cfg, _: build(cfg, maskinporten.endpoint))
        local = SimpleNamespace(post=lambda _, **form: httpx.post(maskinporten.endpoint, **form))
        monkeypatch.setattr(request_token, "httpx", local)
        self.build = build

    def test_is_refused_since_its_aud_is_the_token_endpoint(self, sandbox):
        with pytest.raises(Exception, match="Error 400.*Invalid JWT claim aud.*errors/MP-110"):
            request_token.request_maskinporten_token("test")
        (last,) = httpx.get(f"{sandbox.base}/sandbox/v1/journal?limit=1").json()["entries"]
        assert "the issuer, not the token endpoint" in last["reason"]

    def test_would_get_a_token_with_the_issuer_as_aud(self, sandbox, maskinporten, monkeypatch):
        monkeypatch.setattr(request_token, "build_jwt", lambda cfg, _: self.build(cfg, maskinporten.issuer))
        token, lifetime = request_token.request_maskinporten_token("test")
        assert lifetime == 119
        assert_finds_person(
            httpx.post(
                f"{sandbox.base}/rest/v2/personer",
                headers={"Authorization": f"Bearer {token}"},
                json={"personidentifikatorer": [PERSON]},
            )
        )
