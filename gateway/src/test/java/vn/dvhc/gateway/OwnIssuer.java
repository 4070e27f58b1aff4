package vn.dvhc.gateway;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stand-ins, with an identity provider whose key the tests hold, so that they can make tokens of every kind. */
public class OwnIssuer extends StandIns {

    private static final KeyPair KEYS = keys();
    private static volatile String url = "";

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        byte[] keys = new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kty", "RSA")
                                        .put("alg", "RS256")
                                        .put("use", "sig")
                                        .put("kid", "test")
                                        .put("n", number(key.getModulus()))
                                        .put("e", number(key.getPublicExponent()))))
                .toBuffer()
                .getBytes();
        server.createContext("/realms/dvhc/protocol/openid-connect/certs", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/dvhc";
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("quarkus.oidc.auth-server-url", url);
        return settings;
    }

    @Override
    public void stop() {
        server.stop(0);
        super.stop();
    }

    /** The claims of a good token. */
    static JsonObject claims(String... roles) {
        return new JsonObject()
                .put("iss", url)
                .put("aud", "dvhc")
                .put("sub", "5a1c")
                .put("azp", "console")
                .put("typ", "Bearer")
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", Instant.now().plusSeconds(300).getEpochSecond())
                .put("dvhc_unit", "VN")
                .put("realm_access", new JsonObject().put("roles", new JsonArray(Arrays.asList(roles))));
    }

    /** The claims of a good logout token, but whose it is. */
    static JsonObject logout() {
        return new JsonObject()
                .put("iss", url)
                .put("aud", "console")
                .put("typ", "Logout")
                .put("jti", "j-1")
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", Instant.now().plusSeconds(120).getEpochSecond())
                .put(
                        "events",
                        new JsonObject().put("http://schemas.openid.net/event/backchannel-logout", new JsonObject()));
    }

    /** A token signed with the issuer's key. */
    static String signed(JsonObject claims) {
        return signed(claims, KEYS.getPrivate());
    }

    /** One signed with a key that merely claims to be the issuer's. */
    static String forged(JsonObject claims) {
        return signed(claims, keys().getPrivate());
    }

    private static String signed(JsonObject claims, PrivateKey key) {
        String text = segment(new JsonObject().put("alg", "RS256").put("kid", "test")) + "." + segment(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** One whose header asks for no signature. */
    static String unsigned(JsonObject claims) {
        return segment(new JsonObject().put("alg", "none").put("kid", "test")) + "." + segment(claims) + ".";
    }

    /** One that takes the public key for a shared secret. */
    static String confused(JsonObject claims) {
        String text = segment(new JsonObject().put("alg", "HS256").put("kid", "test")) + "." + segment(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEYS.getPublic().getEncoded(), "HmacSHA256"));
            return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String segment(JsonObject json) {
        return base64(json.toBuffer().getBytes());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
