package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser that signs in at the console's client, also through the national digital identity: redirects, cookies and forms. */
final class SignIn {

    private static final String REDIRECT = "http://127.0.0.1:8080/console";
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final int MOST_STEPS = 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** By path and name. Both realms give cookies of the same names; browsers send Secure ones to this machine too. */
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private final String realm;

    SignIn(String realm) {
        this.realm = realm;
    }

    /** What a sign-in gives: the access token, and what ends the session. */
    record Session(String access, String refresh) {}

    /** The access token of the person, after the authorization code flow with PKCE. */
    String throughNationalIdentity(String person) throws IOException, InterruptedException {
        return signIn(person, Map.of("kc_idp_hint", "national-id"), "/realms/national-id/")
                .access();
    }

    /** As the console does it, with the realm's own page. */
    Session withPassword(String person) throws IOException, InterruptedException {
        return signIn(person, Map.of(), "/realms/dvhc/");
    }

    /** Ends the session at the issuer, which tells the clients that want to know. */
    void signOut(Session session) throws IOException, InterruptedException {
        HttpResponse<String> ended = post(
                URI.create(realm + "/protocol/openid-connect/logout"),
                Map.of("client_id", "console", "refresh_token", session.refresh()));
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(204);
    }

    private Session signIn(String person, Map<String, String> hint, String asking)
            throws IOException, InterruptedException {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        String verifier = base64(bytes);
        Map<String, String> question = new LinkedHashMap<>(hint);
        question.putAll(Map.of(
                "client_id", "console",
                "response_type", "code",
                "scope", "openid",
                "redirect_uri", REDIRECT,
                "code_challenge_method", "S256",
                "code_challenge", base64(sha256(verifier))));
        String start = realm + "/protocol/openid-connect/auth?" + form(question);
        HttpResponse<String> page = follow(get(URI.create(start)));
        assertThat(page.uri().getPath()).as("who asks").startsWith(asking);
        Matcher action = FORM.matcher(page.body());
        assertThat(action.find()).isTrue();
        HttpResponse<String> end = follow(post(
                URI.create(action.group(1).replace("&amp;", "&")),
                Map.of("username", person, "password", "local-development-" + person, "credentialId", "")));
        String back = end.headers().firstValue("Location").orElse("");
        assertThat(back).as(end.body()).startsWith(REDIRECT);
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(back);
        assertThat(code.find()).isTrue();
        HttpResponse<String> token = post(
                URI.create(realm + "/protocol/openid-connect/token"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "console",
                        "redirect_uri",
                        REDIRECT,
                        "code",
                        code.group(1),
                        "code_verifier",
                        verifier));
        assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
        JsonObject given = new JsonObject(token.body());
        return new Session(given.getString("access_token"), given.getString("refresh_token"));
    }

    /** Follows redirects as long as they stay within the identity providers; the last page of a form counts as its own address. */
    private HttpResponse<String> follow(HttpResponse<String> first) throws IOException, InterruptedException {
        HttpResponse<String> answer = first;
        for (int i = 0; i < MOST_STEPS && answer.statusCode() / 100 == 3; i++) {
            String to = answer.headers().firstValue("Location").orElseThrow();
            if (to.startsWith(REDIRECT)) {
                return answer;
            }
            answer = get(answer.uri().resolve(to));
        }
        return answer;
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address).GET(), address);
    }

    private HttpResponse<String> post(URI address, Map<String, String> fields)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(fields))),
                address);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, URI address)
            throws IOException, InterruptedException {
        String sent = cookies.entrySet().stream()
                .filter(cookie -> address.getPath()
                        .startsWith(cookie.getKey().substring(0, cookie.getKey().indexOf(' '))))
                .map(cookie -> cookie.getKey().substring(cookie.getKey().indexOf(' ') + 1) + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String cookie) {
        String[] parts = cookie.split(";\\s*");
        String name = parts[0].substring(0, parts[0].indexOf('='));
        String path = "/";
        for (String part : parts) {
            if (part.regionMatches(true, 0, "Path=", 0, 5)) {
                path = part.substring(5);
            }
        }
        String value = parts[0].substring(parts[0].indexOf('=') + 1);
        if (value.isEmpty() || cookie.contains("Max-Age=0")) {
            cookies.remove(path + " " + name);
        } else {
            cookies.put(path + " " + name, value);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
