"""authlib, unchanged but for addresses and key, logs a citizen in at the sandbox's
ID-porten and asks KRR for the person. login_hint takes the place of the browser."""

import time

import httpx
import jwt
import pytest
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import RSAKey

CLIENT = "demo-innbygger"
PERSON = "05840399895"


class ShortLived(PrivateKeyJWT):
    """The library's assertions live for an hour; ID-porten takes two minutes at most."""

    def sign(self, auth, token_endpoint):
        self.claims = {"exp": int(time.time()) + 100}  # afresh, or the library repeats the jti
        return super().sign(auth, token_endpoint)


@pytest.fixture
def metadata(sandbox):
    found = httpx.get(f"{sandbox.base}/idporten/.well-known/openid-configuration").json()
    assert found["issuer"] == f"{sandbox.base}/idporten"
    return found


@pytest.fixture
def client(sandbox, metadata):
    key = RSAKey.import_key(httpx.get(f"{sandbox.base}/sandbox/v1/clients/{CLIENT}/key").json())
    # The library would name the token endpoint, which ID-porten no longer accepts.
    by_key = ShortLived(metadata["issuer"], headers={"kid": key.kid})
    session = OAuth2Session(
        CLIENT,
        key,
        token_endpoint_auth_method=by_key,
        revocation_endpoint_auth_method=by_key,
        scope="openid profile krr:user/kontaktinformasjon.read",
        redirect_uri=f"{sandbox.base}/demo/callback",
        code_challenge_method="S256",
        token_endpoint=metadata["token_endpoint"],
    )
    with session:
        yield session


def log_in(client, metadata):
    """Goes to ID-porten and back; gives the tokens."""
    verifier, nonce = generate_token(48), generate_token()
    url, state = client.create_authorization_url(
        metadata["authorization_endpoint"],
        code_verifier=verifier,
        nonce=nonce,
        login_hint=f"testid:{PERSON}_idporten-loa-high",
    )
    back = httpx.get(url, follow_redirects=False)
    assert back.status_code == 302, back.text
    # ID-porten wants client_id beside the assertion, which the library leaves out.
    tokens = client.fetch_token(
        authorization_response=back.headers["location"], state=state, code_verifier=verifier, client_id=CLIENT
    )
    return tokens, nonce


def test_authlib_logs_in_and_gets_the_person_from_krr(sandbox, client, metadata):
    tokens, nonce = log_in(client, metadata)
    key = jwt.PyJWKClient(metadata["jwks_uri"]).get_signing_key_from_jwt(tokens["id_token"])
    claims = jwt.decode(tokens["id_token"], key, algorithms=["RS256"], audience=CLIENT, issuer=metadata["issuer"])
    assert (claims["nonce"], claims["pid"], claims["acr"]) == (nonce, PERSON, "idporten-loa-high")
    answer = client.get(f"{sandbox.base}/rest/v1/person")
    assert answer.status_code == 200, answer.text
    assert answer.json()["personidentifikator"] == PERSON
    assert "digital_post" not in answer.json()


def test_authlib_refreshes_and_revokes(sandbox, client, metadata):
    tokens, _ = log_in(client, metadata)
    fresh = client.refresh_token(metadata["token_endpoint"], tokens["refresh_token"], client_id=CLIENT)
    assert fresh["access_token"] != tokens["access_token"]
    revoked = client.revoke_token(metadata["revocation_endpoint"], fresh["refresh_token"], body=f"client_id={CLIENT}")
    assert revoked.status_code == 200, revoked.text
    with pytest.raises(OAuthError, match="invalid_grant"):
        client.refresh_token(metadata["token_endpoint"], fresh["refresh_token"], client_id=CLIENT)
