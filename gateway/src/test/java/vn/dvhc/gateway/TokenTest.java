package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of every kind, and requests that hide another one. */
@QuarkusTest
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
class TokenTest {

    private static final String DECISIONS = "/v1/decisions";
    private static final String SIGN_OUT = "/v1/backchannel-logout";
    private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};

    @TestHTTPResource
    URI address;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    void goodToken_passes() {
        assertThat(status(OwnIssuer.signed(OwnIssuer.claims("operator")))).isEqualTo(200);
        assertThat(status(OwnIssuer.signed(OwnIssuer.claims("decision-drafter"))))
                .isEqualTo(200);
        assertThat(status(OwnIssuer.signed(OwnIssuer.claims("subscriber")))).isEqualTo(403);
        assertThat(status(OwnIssuer.signed(OwnIssuer.claims()))).isEqualTo(403);
    }

    @Test
    void keptAnswer_isGivenOnlyToWhoeverMayAsk() {
        String kept = DECISIONS + "/kept";
        String operator = "Bearer " + OwnIssuer.signed(OwnIssuer.claims("operator"));
        door.get(kept, "Authorization", operator, "X-Request-Id", "first");

        Calls.Answer again = door.get(kept, "Authorization", operator, "X-Request-Id", "second");

        assertThat(again.body()).contains("first");
        assertThat(again.header("Age")).isNotEmpty();
        assertThat(door.get(kept).status()).isEqualTo(401);
        assertThat(door.get(kept, "Authorization", "Bearer " + OwnIssuer.forged(OwnIssuer.claims("operator")))
                        .status())
                .isEqualTo(401);
        assertThat(door.get(kept, "Authorization", "Bearer " + OwnIssuer.signed(OwnIssuer.claims("subscriber")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void goodToken_isRefused_whenItEnds_howeverOftenItPassedBefore() {
        String token = OwnIssuer.signed(OwnIssuer.claims("operator")
                .put("exp", Instant.now().plusSeconds(2).getEpochSecond()));
        int passed = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);

        while (status(token) == 200) {
            passed++;
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }

        assertThat(passed).isGreaterThan(1);
        assertThat(status(token)).isEqualTo(401);
    }

    @Test
    void goodToken_givesNothingToAnotherOneOfItsClaims() {
        JsonObject claims = OwnIssuer.claims("operator");

        assertThat(status(OwnIssuer.signed(claims))).isEqualTo(200);
        assertThat(status(OwnIssuer.forged(claims))).isEqualTo(401);
        assertThat(status(OwnIssuer.signed(claims))).isEqualTo(200);
    }

    static Stream<Arguments> badTokens() {
        return Stream.of(
                Arguments.of(
                        "expired", changed("exp", Instant.now().minusSeconds(60).getEpochSecond())),
                Arguments.of("without an end", (UnaryOperator<JsonObject>) claims -> {
                    claims.remove("exp");
                    return claims;
                }),
                Arguments.of("for another audience", changed("aud", "another-house")),
                Arguments.of("for no audience", (UnaryOperator<JsonObject>) claims -> {
                    claims.remove("aud");
                    return claims;
                }),
                Arguments.of("of another issuer", changed("iss", "http://127.0.0.1/realms/other")),
                Arguments.of(
                        "not yet valid",
                        changed("nbf", Instant.now().plusSeconds(600).getEpochSecond())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void badToken_isRefused(String kind, UnaryOperator<JsonObject> change) {
        assertThat(status(OwnIssuer.signed(change.apply(OwnIssuer.claims("operator")))))
                .as(kind)
                .isEqualTo(401);
    }

    @Test
    void goodTokenOfAnotherAudience_isRefused_whateverTheAddressIsCalled() {
        String idToken = OwnIssuer.signed(OwnIssuer.claims("operator").put("aud", "console"));

        for (String path : List.of(DECISIONS + "/sign-out", "/v1/queue/sign-out", "/v1/decisions/Default")) {
            assertThat(door.get(path, "Authorization", "Bearer " + idToken).status())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(door.get(
                                DECISIONS + "/sign-out",
                                "Authorization",
                                "Bearer " + OwnIssuer.signed(OwnIssuer.claims("operator")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signedOutSession_isRefused_thoughItsTokenIsRememberedAndHolds() {
        String signedOut = OwnIssuer.signed(OwnIssuer.claims("operator").put("sid", "s-1"));
        String other = OwnIssuer.signed(OwnIssuer.claims("operator").put("sid", "s-2"));
        assertThat(status(signedOut)).isEqualTo(200);

        Calls.Answer told = tell(OwnIssuer.signed(OwnIssuer.logout().put("sid", "s-1")));

        assertThat(told.status())
                .as("in force here, but there is no database to tell others")
                .isEqualTo(503);
        Calls.Answer answer = ask(signedOut);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:token-revoked");
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(status(OwnIssuer.signed(
                        OwnIssuer.claims("operator").put("sid", "s-1").put("jti", "new"))))
                .as("not seen before")
                .isEqualTo(401);
        assertThat(status(other)).isEqualTo(200);
    }

    @Test
    void logoutTokenWithoutASession_endsAllOfTheSubject_upToThen() {
        long now = Instant.now().getEpochSecond();
        String before =
                OwnIssuer.signed(OwnIssuer.claims("operator").put("sub", "77b0").put("iat", now - 20));
        String after =
                OwnIssuer.signed(OwnIssuer.claims("operator").put("sub", "77b0").put("iat", now - 9));
        assertThat(status(before)).isEqualTo(200);

        tell(OwnIssuer.signed(OwnIssuer.logout().put("sub", "77b0").put("iat", now - 10)));

        assertThat(status(before)).isEqualTo(401);
        assertThat(status(after)).isEqualTo(200);
    }

    static Stream<Arguments> badLogoutTokens() {
        return Stream.of(
                Arguments.of("for another audience", changed("aud", "dvhc")),
                Arguments.of("of another issuer", changed("iss", "http://127.0.0.1/realms/other")),
                Arguments.of(
                        "expired", changed("exp", Instant.now().minusSeconds(60).getEpochSecond())),
                Arguments.of("with a nonce", changed("nonce", "n")),
                Arguments.of(
                        "of another event", changed("events", new JsonObject().put("urn:other", new JsonObject()))),
                Arguments.of("of no event", without("events")),
                Arguments.of("without an id", without("jti")),
                Arguments.of("without an end", without("exp")),
                Arguments.of("without a time", without("iat")),
                Arguments.of("of nobody", without("sid")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badLogoutTokens")
    void badLogoutToken_isRefused_andEndsNothing(String kind, UnaryOperator<JsonObject> change) {
        String token = OwnIssuer.signed(OwnIssuer.claims("operator").put("sid", "s-4"));

        Calls.Answer told =
                tell(OwnIssuer.signed(change.apply(OwnIssuer.logout().put("sid", "s-4"))));

        assertThat(told.status()).isEqualTo(400);
        assertThat(told.json().getString("type")).isEqualTo("urn:dvhc:problem:no-logout-token");
        assertThat(status(token)).as(kind).isEqualTo(200);
    }

    @Test
    void forgedLogoutToken_isRefused_andEndsNothing() {
        String token = OwnIssuer.signed(OwnIssuer.claims("operator").put("sid", "s-5"));
        JsonObject claims = OwnIssuer.logout().put("sid", "s-5");

        for (String forged : List.of(
                OwnIssuer.forged(claims),
                OwnIssuer.unsigned(claims),
                OwnIssuer.confused(claims),
                OwnIssuer.signed(
                        OwnIssuer.claims("operator").put("aud", "console").put("sid", "s-5")),
                "abc")) {
            assertThat(tell(forged).status()).as(forged).isEqualTo(400);
        }
        String good = OwnIssuer.signed(claims);
        assertThat(door.call("POST", SIGN_OUT, "logout_token=" + good + "&logout_token=" + good, FORM)
                        .status())
                .isEqualTo(400);
        assertThat(door.call("POST", SIGN_OUT, "logout_token=" + good, "Content-Type", "text/plain")
                        .status())
                .isEqualTo(400);
        assertThat(door.call("POST", SIGN_OUT, "logout_token=%zz", FORM).status())
                .isEqualTo(400);
        assertThat(door.get(SIGN_OUT + "?logout_token=" + good).status()).isEqualTo(405);
        assertThat(status(token)).isEqualTo(200);
    }

    @Test
    void tokenThatLivesForLongerThanItCouldBeCalledBack_isRefused() {
        long now = Instant.now().getEpochSecond();
        JsonObject claims = OwnIssuer.claims("operator").put("exp", now + 3_600);

        Calls.Answer answer = ask(OwnIssuer.signed(claims.put("iat", now - 86_400)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:token-too-long-lived");
        assertThat(answer.json().getString("detail")).contains("thời hạn dài hơn");
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(status(OwnIssuer.signed(claims.put("iat", now - 82_000)))).isEqualTo(200);
        assertThat(status(OwnIssuer.signed(claims.put("iat", now).put("exp", now + 86_500))))
                .isEqualTo(401);
        claims.put("exp", now + 3_600).remove("iat");
        assertThat(status(OwnIssuer.signed(claims)))
                .as("that does not tell how long it lives")
                .isEqualTo(401);
    }

    @Test
    void logoutToken_isNoAccessToken() {
        assertThat(status(OwnIssuer.signed(OwnIssuer.logout().put("sid", "s-6"))))
                .isEqualTo(401);
    }

    @Test
    void forgedToken_isRefused() {
        JsonObject claims = OwnIssuer.claims("operator");

        assertThat(status(OwnIssuer.forged(claims))).isEqualTo(401);
        assertThat(status(OwnIssuer.unsigned(claims))).isEqualTo(401);
        assertThat(status(OwnIssuer.confused(claims))).isEqualTo(401);
        String signed = OwnIssuer.signed(claims);
        assertThat(status(signed.substring(0, signed.lastIndexOf('.') + 1))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vn", "10507", "10507@2025-13-01", "VN,31@2025-07-01", "* "})
    void unitOfAnotherForm_takesAllRights(String unit) {
        Calls.Answer answer = ask(OwnIssuer.signed(OwnIssuer.claims("national-admin", "operator", "decision-drafter")
                .put("dvhc_unit", unit)));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:unit-claim");
        assertThat(answer.json().getString("detail")).contains("31@2025-07-01");
    }

    @Test
    void unitThatIsNoText_takesAllRights() {
        for (Object unit :
                new Object[] {new JsonArray().add("VN"), 31, true, new JsonObject().put("unit", "VN"), new JsonArray()
                }) {
            assertThat(ask(OwnIssuer.signed(OwnIssuer.claims("operator").put("dvhc_unit", unit)))
                            .json()
                            .getString("type"))
                    .as(unit.toString())
                    .isEqualTo("urn:dvhc:problem:unit-claim");
        }
    }

    @Test
    void nationalRole_doesNotHoldForAUnit() {
        JsonObject claims = OwnIssuer.claims("national-admin", "national-operator", "operator");

        assertThat(status(OwnIssuer.signed(claims.copy().put("dvhc_unit", "31@2025-07-01"))))
                .isEqualTo(403);
        assertThat(status(OwnIssuer.signed(claims))).isEqualTo(200);
    }

    @Test
    void nationalRole_givesNoHostsForAUnit_whateverOtherRoleLetsIn() {
        JsonObject claims = OwnIssuer.claims("portal", "operator");

        assertThat(giveHost(OwnIssuer.signed(claims.copy().put("dvhc_unit", "31@2025-07-01"))))
                .isEqualTo(403);
        assertThat(giveHost(OwnIssuer.signed(claims)))
                .as("let through to the database, which is away")
                .isEqualTo(503);
    }

    @Test
    void officer_waits_whileTheUnitsAreNotKnown() {
        String clerk = OwnIssuer.signed(
                OwnIssuer.claims("commune-clerk", "unit-officer").put("dvhc_unit", "10507@2025-07-01"));

        Calls.Answer answer = door.get("/v1/queue", "Authorization", "Bearer " + clerk);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:rights-unavailable");
        assertThat(door.get("/v1/sync/status", "Authorization", "Bearer " + clerk)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void doorAudit_isForAdministratorsOnly_andSaysWhenItsDatabaseIsAway() {
        for (String role : new String[] {"operator", "national-operator", "decision-drafter", "subscriber"}) {
            assertThat(door.get("/v1/audit/door", "Authorization", "Bearer " + OwnIssuer.signed(OwnIssuer.claims(role)))
                            .status())
                    .isEqualTo(403);
        }
        Calls.Answer answer = door.get(
                "/v1/audit/door/verification",
                "Authorization",
                "Bearer " + OwnIssuer.signed(OwnIssuer.claims("national-admin", "operator")));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:audit-unavailable");
        assertThat(door.get("/v1/units/00004").status()).as("look-ups go on").isEqualTo(200);
    }

    /** The database is away: what gets as far as that is answered 503. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/audit/door?who=5a1c",
                "/v1/subscriptions?after=sub_0",
                "/v1/url-patterns?after=url_0",
                "/v1/portal-hosts?after=a.example.vn",
                "/v1/old-codes?client=portal-demo",
                "/v1/old-codes?pattern=url_0123456789abcdef"
            })
    void textThatTheDatabaseCannotHold_isTheCallersFault(String good) {
        String bearer = "Bearer " + OwnIssuer.signed(OwnIssuer.claims("national-admin", "operator"));

        Calls.Answer answer = door.get(good + "%00", "Authorization", bearer);

        assertThat(door.get(good, "Authorization", bearer).status()).isEqualTo(503);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:no-page");
    }

    @Test
    void descriptionThatTheDatabaseCannotHold_isTheCallersFault() {
        Calls.Answer answer = door.call(
                "POST",
                "/v1/subscriptions",
                "{\"url\":\"https://example.vn/\",\"description\":\"a\\u0000b\"}",
                "Authorization",
                "Bearer " + OwnIssuer.signed(OwnIssuer.claims("subscriber")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:no-description");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345GET",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: +5\r\n\r\n12345",
                "Content-Length: -1\r\n\r\n",
                "Content-Length : 5\r\n\r\n12345"
            })
    void requestThatCouldBeReadInTwoWays_isRefused(String rest) {
        String token = OwnIssuer.signed(OwnIssuer.claims("decision-drafter"));

        assertThat(door.raw(
                        "POST " + DECISIONS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n" + rest))
                .matches("HTTP/1\\.1 4(00|11) .*");
    }

    private static UnaryOperator<JsonObject> without(String claim) {
        return claims -> {
            claims.remove(claim);
            return claims;
        };
    }

    private Calls.Answer tell(String logoutToken) {
        return door.call("POST", SIGN_OUT, "logout_token=" + logoutToken, FORM);
    }

    private static UnaryOperator<JsonObject> changed(String claim, Object value) {
        return claims -> claims.put(claim, value);
    }

    private int giveHost(String token) {
        return door.call(
                        "PUT",
                        "/v1/portal-hosts/cong.example.vn",
                        "{\"owner\":\"portal-demo\"}",
                        "Authorization",
                        "Bearer " + token)
                .status();
    }

    private int status(String token) {
        return ask(token).status();
    }

    private Calls.Answer ask(String token) {
        return door.get(DECISIONS, "Authorization", "Bearer " + token);
    }
}
