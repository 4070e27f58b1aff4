package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Sign-outs that the issuer tells of count for nobody, what only claims to be one does. There is no database here to keep them in. */
@QuarkusTest
@QuarkusTestResource(value = LimitedOwnIssuer.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignOutLimitsTest {

    private static final int MANY = 3 * LimitedOwnIssuer.REQUESTS;

    @TestHTTPResource
    URI address;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    @Order(1)
    void massSignOut_isHeardWhole_howeverMuchElseCameFromThere() {
        for (int i = 0; i < MANY; i++) {
            door.get("/v1/counts");
        }
        assertThat(door.get("/v1/counts").status()).isEqualTo(429);

        for (int session = 0; session < MANY; session++) {
            assertThat(tell(signedOut(session)).status())
                    .as("in force, but not written")
                    .isEqualTo(503);
        }
    }

    @Test
    @Order(2)
    void flood_isRefusedAfterSoMuch_andBeforeItIsRead() {
        JsonObject claims = OwnIssuer.logout().put("sid", "s");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            statuses.add(tell(OwnIssuer.forged(claims)).status());
        }

        assertThat(statuses).containsOnly(400, 429);
        assertThat(statuses.stream().filter(status -> status == 400))
                .hasSizeBetween(LimitedOwnIssuer.REQUESTS - 2, LimitedOwnIssuer.REQUESTS + 2);
        Calls.Answer refused = tell(OwnIssuer.forged(claims));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("720");
        assertThat(refused.json().getString("type")).isEqualTo("urn:dvhc:problem:too-many-requests");
        assertThat(tell(signedOut(0)).status()).as("nothing from there is read").isEqualTo(429);
    }

    private static String signedOut(int session) {
        return OwnIssuer.signed(OwnIssuer.logout().put("sid", "session-" + session));
    }

    private Calls.Answer tell(String logoutToken) {
        return door.call(
                "POST",
                "/v1/backchannel-logout",
                "logout_token=" + logoutToken,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }
}
