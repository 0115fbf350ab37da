// Maven: no.ks.fiks:maskinporten-client:3.6.0
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

import com.nimbusds.jose.jwk.RSAKey;
import no.ks.fiks.maskinporten.Maskinportenklient;
import no.ks.fiks.maskinporten.MaskinportenklientProperties;

public class Eksempel {
    public static void main(String[] args) throws Exception {
        String base = "{{.Base}}";
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest forKey = HttpRequest.newBuilder(URI.create(base + "/sandbox/v1/clients/{{.Client}}/key")).build();
        RSAKey key = RSAKey.parse(http.send(forKey, BodyHandlers.ofString()).body());

        Maskinportenklient client = Maskinportenklient.builder()
                .withPrivateKey(key.toPrivateKey())
                .usingAsymmetricKey(key.getKeyID())
                .withProperties(MaskinportenklientProperties.builder()
                        .audience(base + "/maskinporten/")
                        .tokenEndpoint(base + "/maskinporten/token")
                        .issuer("{{.Client}}")
                        .build())
                .build();
        String token = client.getAccessToken({{range $i, $s := .Scopes}}{{if $i}}, {{end}}"{{$s}}"{{end}});
{{- if .Person}}
        HttpRequest lookUp = HttpRequest.newBuilder(URI.create(base + "/rest/v2/personer"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"personidentifikatorer\":[\"{{.Person}}\"]}"))
                .build();
        System.out.println(http.send(lookUp, BodyHandlers.ofString()).body());
{{- else}}
        System.out.println(token);
{{- end}}
    }
}
