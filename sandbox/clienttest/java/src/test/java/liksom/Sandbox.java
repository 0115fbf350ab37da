package liksom;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.nimbusds.jose.jwk.RSAKey;

/** The built program on a free port, as any user would start it. */
final class Sandbox implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    final String base; // without a slash at the end

    Sandbox() throws IOException {
        String binary = System.getenv().getOrDefault("LIKSOM_BIN", Path.of("../../../bin/liksom").toAbsolutePath().toString());
        ProcessBuilder builder = new ProcessBuilder(binary, "serve", "--addr", "127.0.0.1:0");
        // The program reads LIKSOM_*; a setting of the person who tests must not leak in.
        builder.environment().keySet().removeIf(name -> name.startsWith("LIKSOM_"));
        process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        // The card with the address is printed when all is ready.
        base = new Scanner(process.getInputStream(), StandardCharsets.UTF_8).findWithinHorizon(ADDRESS, 0);
        if (base == null) {
            throw new IOException("the sandbox ended before it was ready");
        }
    }

    String get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)).build()).body();
    }

    HttpResponse<String> lookUp(String token, String person) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + "/rest/v2/personer"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"personidentifikatorer\":[\"" + person + "\"]}"))
                .build());
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The private key of a seeded client. */
    RSAKey keyOf(String client) throws Exception {
        return RSAKey.parse(get("/sandbox/v1/clients/" + client + "/key"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
