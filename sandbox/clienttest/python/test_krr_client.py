"""A client that openapi-python-client generates from KRR's OpenAPI document, as an
integrator would, looks persons up and follows the changes."""

import importlib
import json
import subprocess
import sys

import httpx
import pytest

ACTIVE, RESERVED, DELETED, UNREGISTERED = "05840399895", "21883649874", "52905200100", "17912099997"
CONTACT, MAILBOX, FEED = (f"krr:global/{name}.read" for name in ("kontaktinformasjon", "digitalpost", "hentendring"))


@pytest.fixture(scope="session")
def krr(sandbox, tmp_path_factory):
    """Gives modules of the generated client by their names."""
    folder = tmp_path_factory.mktemp("generated")
    document = folder / "krr.json"
    document.write_text(httpx.get(f"{sandbox.base}/v3/api-docs").text)
    settings = folder / "settings.json"
    settings.write_text(json.dumps({"post_hooks": []}))  # no formatter
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", document, "--config", settings]
        + ["--meta", "none", "--output-path", folder / "krr_client", "--fail-on-warning"],
        check=True,
        capture_output=True,
    )
    sys.path.insert(0, str(folder))
    yield lambda name="": importlib.import_module(f"krr_client{name}")
    sys.path.remove(str(folder))


@pytest.fixture
def client(sandbox, krr, token):
    """Makes a client whose token has the scopes that are given."""
    return lambda *scopes: krr().AuthenticatedClient(base_url=sandbox.base, token=token(*scopes))


@pytest.fixture
def lookup(krr, client):
    def ask(version, *ids, scopes=(CONTACT, MAILBOX), **more):
        body = getattr(krr(".models"), "HentPersonerRequest" if version == 1 else "GetUsersRequestV2")
        operation = krr(f".api.personer.hent_personer_v{version}")
        return operation.sync_detailed(client=client(*scopes), body=body(personidentifikatorer=list(ids), **more))

    return ask


def test_v1_tells_of_everybody_in_order(lookup):
    answer = lookup(1, DELETED, ACTIVE, UNREGISTERED, RESERVED)
    assert answer.status_code == 200
    told = [(p.personidentifikator, p.status) for p in answer.parsed.personer]
    assert told == [(DELETED, "SLETTET"), (ACTIVE, "AKTIV"), (UNREGISTERED, "IKKE_REGISTRERT"), (RESERVED, "AKTIV")]
    active, reserved = answer.parsed.personer[1], answer.parsed.personer[3]
    assert active.varslingsstatus == "KAN_VARSLES"
    assert "@" in active.kontaktinformasjon.epostadresse
    assert active.digital_post.postkasseleverandoeradresse == "984661185"
    assert active.sertifikat.startswith("-----BEGIN CERTIFICATE-----\n")
    assert reserved.reservasjon == "JA" and reserved.varslingsstatus == "KAN_IKKE_VARSLES"


def test_v2_leaves_out_who_is_not_registered_unless_asked(lookup):
    def told(**more):
        return [p.personidentifikator for p in lookup(2, UNREGISTERED, ACTIVE, **more).parsed.personer]

    assert told() == [ACTIVE]
    assert told(inkluder_ikke_registrerte=False) == [ACTIVE]
    assert told(inkluder_ikke_registrerte=True) == [UNREGISTERED, ACTIVE]


@pytest.mark.parametrize("version", [1, 2])
def test_a_scope_opens_for_its_fields_only(krr, lookup, version):
    absent = krr(".types").UNSET
    (contact,) = lookup(version, ACTIVE, scopes=[CONTACT]).parsed.personer
    assert contact.kontaktinformasjon and contact.digital_post is absent and contact.sertifikat is absent
    (mailbox,) = lookup(version, ACTIVE, scopes=[MAILBOX]).parsed.personer
    assert mailbox.digital_post and mailbox.kontaktinformasjon is absent and mailbox.varslingsstatus is absent


@pytest.mark.parametrize("version", [1, 2])
def test_refusals_are_read_too(lookup, version):
    short = lookup(version, ACTIVE, "123")
    assert short.status_code == 400
    assert short.parsed.errors[0].source.pointer == "/personidentifikatorer/1"
    wrong = lookup(version, ACTIVE, scopes=[FEED])
    assert wrong.status_code == 403
    assert wrong.parsed.errors[0].status == "403"


def test_a_local_copy_follows_the_changes(sandbox, krr, client):
    copy = LocalCopy(krr, client(CONTACT, FEED))
    copy.follow()
    assert len(copy.persons) > 9_000
    assert copy.persons[DELETED].status == "SLETTET"
    before = copy.last

    change(sandbox, ACTIVE, "en@example.com")
    change(sandbox, ACTIVE, "to@example.com")
    copy.follow()
    assert copy.last == before + 2
    assert copy.persons[ACTIVE].kontaktinformasjon.epostadresse == "to@example.com"


class LocalCopy:
    """What an organisation with a local copy keeps."""

    def __init__(self, krr, client):
        self.client, self.persons, self.last = client, {}, 0
        self.ask = krr(".api.personer.hent_endringer").sync
        self.request = krr(".models").ChangesRequest

    def follow(self):
        while True:
            page = self.ask(client=self.client, body=self.request(fra_endrings_id=self.last))
            self.persons |= {p.personidentifikator: p for p in page.list_}
            self.last = page.til_endrings_id
            if self.last >= page.siste_endrings_id:
                return


def change(sandbox, person, email):
    body = {"kontaktinformasjon": {"epostadresse": email}}
    assert httpx.patch(f"{sandbox.base}/sandbox/v1/persons/{person}", json=body).status_code == 200
