package liksom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import no.ks.fiks.maskinporten.AccessTokenRequest;
import no.ks.fiks.maskinporten.Maskinportenklient;
import no.ks.fiks.maskinporten.MaskinportenklientBuilder;
import no.ks.fiks.maskinporten.MaskinportenklientProperties;
import no.ks.fiks.maskinporten.error.MaskinportenClientTokenRequestException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of KS, no.ks.fiks:maskinporten-client, unchanged but for addresses and key. */
class MaskinportenTest {
    private static final String PERSON = "05840399895";
    private static final List<String> SCOPES = List.of("krr:global/kontaktinformasjon.read", "krr:global/digitalpost.read");

    private static Sandbox sandbox;

    @BeforeAll
    static void start() throws Exception {
        sandbox = new Sandbox();
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    private static MaskinportenklientBuilder client(String id, String audience) throws Exception {
        return Maskinportenklient.builder()
                .withProperties(MaskinportenklientProperties.builder()
                        .audience(audience)
                        .tokenEndpoint(sandbox.base + "/maskinporten/token")
                        .issuer(id)
                        .build());
    }

    private static Maskinportenklient keyed(String id, String audience) throws Exception {
        RSAKey key = sandbox.keyOf(id);
        return client(id, audience).withPrivateKey(key.toPrivateKey()).usingAsymmetricKey(key.getKeyID()).build();
    }

    private static String issuer() {
        return sandbox.base + "/maskinporten/";
    }

    @Test
    void a_registered_key_gets_a_token_that_the_register_accepts() throws Exception {
        String token = keyed("demo", issuer()).getAccessToken(SCOPES);
        assertEquals("private_key_jwt", SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("client_amr"));
        var answer = sandbox.lookUp(token, PERSON);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"varslingsstatus\":\"KAN_VARSLES\""), answer.body());
    }

    @Test
    void an_enterprise_certificate_gets_a_token_that_the_register_accepts() throws Exception {
        X509Certificate certificate = certificate("{\"orgno\":\"310000019\"}");
        String token = client("demo-virksomhet", issuer()).withPrivateKey(certificateKey()).usingVirksomhetssertifikat(certificate).build().getAccessToken(SCOPES);
        assertEquals("virksomhetssertifikat", SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("client_amr"));
        assertEquals(200, sandbox.lookUp(token, PERSON).statusCode());
    }

    @Test
    void an_audience_and_a_consumer_come_through() throws Exception {
        String token = keyed("demo-leverandor", issuer()).getAccessToken(AccessTokenRequest.builder()
                .scope("liksom:delegert").consumerOrg("310000078").audience("https://api.example.test").build());
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertEquals("0192:310000078", claims.getJSONObjectClaim("consumer").get("ID"));
        assertEquals("0192:310000051", claims.getJSONObjectClaim("supplier").get("ID"));
        assertEquals(List.of("https://api.example.test"), claims.getAudience());
    }

    @Test
    void a_wrong_audience_is_refused_with_the_text_of_MP_110() throws Exception {
        var refused = assertThrows(MaskinportenClientTokenRequestException.class,
                () -> keyed("demo", sandbox.base + "/maskinporten").getAccessToken(SCOPES));
        assertEquals(400, refused.getStatusCode());
        assertTrue(refused.getMaskinportenError().contains("Invalid JWT claim aud"), refused.getMaskinportenError());
        assertTrue(refused.getMaskinportenError().contains("errors/MP-110"), refused.getMaskinportenError());
        assertTrue(sandbox.get("/sandbox/v1/journal?limit=1").contains("(with the slash)"));
    }

    @Test
    void the_certificate_of_another_organisation_is_refused() throws Exception {
        X509Certificate certificate = certificate("{\"orgno\":\"310000027\"}");
        var refused = assertThrows(MaskinportenClientTokenRequestException.class,
                () -> client("demo-virksomhet", issuer()).withPrivateKey(certificateKey()).usingVirksomhetssertifikat(certificate).build().getAccessToken(SCOPES));
        assertTrue(refused.getMaskinportenError().contains("errors/MP-122"), refused.getMaskinportenError());
    }

    /** Compiles and runs the code that the page of a client gives, as it stands there. */
    @Test
    void the_code_that_the_page_gives_runs(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("Eksempel.java");
        Files.writeString(file, sandbox.get("/token/klienter/demo/java"));
        Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), file.toString()).redirectErrorStream(true).start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(printed.contains("\"varslingsstatus\":\"KAN_VARSLES\""), printed);
    }

    private static X509Certificate certificate(String body) throws Exception {
        byte[] pem = sandbox.post("/sandbox/v1/certificates", body).body().getBytes(StandardCharsets.UTF_8);
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static PrivateKey certificateKey() throws Exception {
        String pem = sandbox.post("/sandbox/v1/certificates", "{\"orgno\":\"310000019\"}").body();
        String key = pem.substring(pem.indexOf("-----BEGIN PRIVATE KEY-----")).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
    }
}
