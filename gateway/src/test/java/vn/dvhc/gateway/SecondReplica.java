package vn.dvhc.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The packaged door as a process of its own, beside the one under test and with its settings; it speaks TLS. */
final class SecondReplica implements AutoCloseable {

    private static final List<String> SHARED = List.of(
            "kafka.bootstrap.servers",
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.password",
            "quarkus.oidc.auth-server-url",
            "dvhc.gateway.environment",
            "dvhc.gateway.upstreams.history.url",
            "dvhc.gateway.upstreams.registry.url",
            "dvhc.gateway.upstreams.sync.url");

    private final Process process;
    private final HttpClient client;
    private final int plainPort = StandIns.closedPort();
    private final int port = StandIns.closedPort();

    SecondReplica(Path folder) {
        try {
            Files.createDirectories(folder);
            Path store = folder.resolve("door.p12");
            makeCertificate(store);
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting(store))
                    .build();
            ProcessBuilder builder = new ProcessBuilder(command());
            builder.environment().put("QUARKUS_PROFILE", "prod,tls");
            builder.environment()
                    .put("DVHC_GATEWAY_TLS_CERT", folder.resolve("door.crt").toString());
            builder.environment()
                    .put("DVHC_GATEWAY_TLS_KEY", folder.resolve("door.key").toString());
            process = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("replica.log").toFile())
                    .start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (GeneralSecurityException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
        awaitLife();
    }

    HttpResponse<String> get(String path, String... headers) {
        return get(URI.create("https://localhost:" + port + path), headers);
    }

    HttpResponse<String> getPlainly(String path) {
        return get(URI.create("http://localhost:" + plainPort + path));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command() {
        Config config = ConfigProvider.getConfig();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.port=" + plainPort,
                "-Dquarkus.http.ssl-port=" + port));
        for (String name : config.getPropertyNames()) {
            if (SHARED.contains(name) || name.startsWith("dvhc.gateway.limits.")) {
                config.getOptionalValue(name, String.class).ifPresent(value -> command.add("-D" + name + "=" + value));
            }
        }
        command.addAll(List.of(
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        return command;
    }

    private void awaitLife() {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                if (get("/q/health/live").statusCode() == 200) {
                    return;
                }
            } catch (UncheckedIOException notYet) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    close();
                    throw notYet;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private HttpResponse<String> get(URI uri, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri);
            return client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void makeCertificate(Path store) throws IOException, InterruptedException, GeneralSecurityException {
        Files.deleteIfExists(store);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "door",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("No certificate could be made");
        }
        KeyStore made = load(store);
        byte[] key = made.getKey("door", "changeit".toCharArray()).getEncoded();
        pem(store.resolveSibling("door.key"), "PRIVATE KEY", key);
        pem(
                store.resolveSibling("door.crt"),
                "CERTIFICATE",
                made.getCertificate("door").getEncoded());
    }

    private static void pem(Path file, String label, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n");
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    }

    private static SSLContext trusting(Path store) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var certificate = Files.newInputStream(store.resolveSibling("door.crt"))) {
            trusted.setCertificateEntry(
                    "door",
                    Objects.requireNonNull(
                            CertificateFactory.getInstance("X.509").generateCertificate(certificate)));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
