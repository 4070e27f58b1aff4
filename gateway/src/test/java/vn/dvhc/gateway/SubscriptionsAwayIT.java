package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The door without its database and the log: it opens, looks up, and says what it can't do now. */
@QuarkusTest
@QuarkusTestResource(value = KeycloakAlone.class, restrictToAnnotatedClass = true)
class SubscriptionsAwayIT {

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String realm;

    @Test
    void looksUp_andSaysThatSubscriptionsAreAway() throws Exception {
        Calls door = new Calls(address.getPort());
        String bearer = "Bearer " + Tokens.of(realm, "subscriber-demo");

        assertThat(door.get("/v1/units/00004").status()).isEqualTo(200);
        assertThat(door.get("/q/health/ready").status()).isEqualTo(200);
        for (Calls.Answer answer : new Calls.Answer[] {
            door.get("/v1/subscriptions", "Authorization", bearer),
            door.call("POST", "/v1/subscriptions", "{\"url\":\"https://example.vn/\"}", "Authorization", bearer),
            door.call("DELETE", "/v1/subscriptions/sub_0123456789abcdef0123456789abcdef", "", "Authorization", bearer),
            door.get("/v1/changes/stream", "Authorization", bearer)
        }) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }
}
