package vn.dvhc.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private static final Route UNITS = open("units", "/v1/units");
    private static final Route SYNC = closed("sync", "/v1/sync");
    private static final Route STATUS = closed("status", "/v1/sync/status");

    private final RouteTable table = new RouteTable(List.of(UNITS, SYNC, STATUS), Set.of("history"));

    @Test
    void findsTheRouteOfThePathAndBelow() {
        assertThat(table.find("/v1/units")).contains(UNITS);
        assertThat(table.find("/v1/units/")).contains(UNITS);
        assertThat(table.find("/v1/units/00004/successors")).contains(UNITS);
        assertThat(table.find("/v1/sync")).contains(SYNC);
    }

    @Test
    void findsTheLongest_whenSeveralCoverThePath() {
        assertThat(table.find("/v1/sync/status")).contains(STATUS);
        assertThat(table.find("/v1/sync/status/x")).contains(STATUS);
        assertThat(table.find("/v1/sync/statuses")).contains(SYNC);
    }

    @Test
    void findsNothing_whenNothingIsDeclared() {
        assertThat(table.find("/")).isEmpty();
        assertThat(table.find("/v1")).isEmpty();
        assertThat(table.find("/v1/unitsx")).isEmpty();
        assertThat(table.find("/V1/units")).isEmpty();
        assertThat(table.find("/v1/%75nits")).isEmpty();
        assertThat(table.find("/x/v1/units")).isEmpty();
    }

    @Test
    void refusesATableThatCannotBeMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteTable(List.of(UNITS, open("again", "/v1/units")), Set.of("history")))
                .withMessage("Two routes are declared for /v1/units");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteTable(List.of(UNITS), Set.of("registry")))
                .withMessage("Route units leads to an unknown upstream: history");
    }

    @Test
    void refusesARouteThatCannotBeMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("slash", "/v1/units/"))
                .withMessageStartingWith("Route slash needs a path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route("none", "/v1/x", "history", Set.of(), Set.of("operator"), false, false))
                .withMessage("Route none lets no method pass");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route("low", "/v1/x", "history", Set.of("get"), Set.of("operator"), false, false))
                .withMessage("Route low names a method not in capitals: get");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route("open", "/v1/x", "history", Set.of("GET", "POST"), Set.of(), false, false))
                .withMessage("Route open is public and may let only GET and HEAD pass");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route("sum", "/v1/x", "history", Set.of("PUT"), Set.of(), true, false))
                .withMessage("Route sum is public and may let only GET and HEAD pass");
    }

    @Test
    void letsAnybodyPost_whatOnlyComputes() {
        assertThat(new Route("sum", "/v1/sum", "history", Set.of("POST"), Set.of(), true, false).isPublic())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-ndjson, true",
        "text/csv; charset=utf-8, true",
        "Text/CSV, true",
        "application/json, false",
        "text/*, false",
        ", false"
    })
    void takesAsAStream_onlyWhatIsReadLineByLine(@Nullable String type, boolean stream) {
        Route convert = new Route("convert", "/v1/convert", "history", Set.of("POST"), Set.of(), true, true);
        Route rebase = new Route("rebase", "/v1/rebase", "history", Set.of("POST"), Set.of(), true, false);

        assertThat(convert.takesStream(type)).isEqualTo(stream);
        assertThat(rebase.takesStream(type)).isFalse();
    }

    private static Route open(String name, String path) {
        return new Route(name, path, "history", Set.of("GET", "HEAD"), Set.of(), false, false);
    }

    private static Route closed(String name, String path) {
        return new Route(name, path, "history", Set.of("GET"), Set.of("operator"), false, false);
    }
}
