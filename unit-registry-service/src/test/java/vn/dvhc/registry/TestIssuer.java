package vn.dvhc.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An identity provider that says whatever a test wants; the real one is used by the gateway's and the end-to-end tests. */
final class TestIssuer implements AutoCloseable {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeyPair keys;
    private final HttpServer server;

    TestIssuer() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/realms/dvhc/.well-known/openid-configuration",
                exchange -> answer(exchange, Map.of("issuer", url(), "jwks_uri", url() + "/certs")));
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        server.createContext(
                "/realms/dvhc/certs",
                exchange -> answer(
                        exchange,
                        Map.of(
                                "keys",
                                List.of(Map.of(
                                        "kty", "RSA",
                                        "alg", "RS256",
                                        "use", "sig",
                                        "kid", "test",
                                        "n", number(key.getModulus()),
                                        "e", number(key.getPublicExponent()))))));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/dvhc";
    }

    /** A token for the audience of the services. */
    String token(String user, String... roles) {
        return token("dvhc", Instant.now().plusSeconds(600), user, roles);
    }

    String token(String audience, Instant expires, String user, String... roles) {
        String signed = json(Map.of("alg", "RS256", "typ", "JWT", "kid", "test")) + "."
                + json(Map.of(
                        "iss",
                        url(),
                        "aud",
                        audience,
                        "sub",
                        user,
                        "preferred_username",
                        user,
                        "typ",
                        "Bearer",
                        "iat",
                        Instant.now().getEpochSecond(),
                        "exp",
                        expires.getEpochSecond(),
                        "realm_access",
                        Map.of("roles", roles)));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String json(Object value) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(value));
        } catch (IOException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
