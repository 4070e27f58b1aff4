package vn.dvhc.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1/units/00004",
                "/v1/units/00004?at=2025-07-01",
                "/v1/units/",
                "/v1/units?parent=01@2004-08-31&q=Ba%20%C4%90%C3%ACnh;x/../y",
                "/v1/decisions/a.b..c",
                "/v1/units/01%402004-08-31",
                "/v1/records/%C4%91%E1%BA%A5t/30%3A1%2Ba%28b%29",
                "/v1/units?next=//%2e%2e"
            })
    void passes_whenThePathCanBeReadInOneWayOnly(String target) {
        assertThat(PathGuard.isPlain(target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "v1/units",
                "http://elsewhere/v1/units",
                "/v1/units;x/00004",
                "/v1/units;jsessionid=1",
                "/v1/units/00004;",
                "/v1/units%3bx",
                "/v1/units%3Bx",
                "//v1/units",
                "/v1//units",
                "/v1/units//",
                "/v1/units/..",
                "/v1/units/../decisions",
                "/v1/./units",
                "/v1/units/.",
                "/v1/decisions/x/%61pproval",
                "/v1/decisions/x/%41pproval",
                "/v1/sync/%63ommunes",
                "/v1/units/0000%34",
                "/v1/dead%2dletters",
                "/v1/dead%2Dletters",
                "/v1/records/case%5ffile",
                "/v1/records/%7Ex",
                "/v1/units/%2e%2e/decisions",
                "/v1/units/.%2E/decisions",
                "/v1/units%2f00004",
                "/v1/units%2F00004",
                "/v1/units%5c..",
                "/v1\\units",
                "/v1/units/%252e%252e",
                "/v1/units/%00",
                "/v1/units/%0d%0aX:y",
                "/v1/units/%7f",
                "/v1/units/%3fat",
                "/v1/units/%23",
                "/v1/units/%",
                "/v1/units/%4",
                "/v1/units/%zz",
                "/v1/units/%u0041",
                "/v1/units/Đ",
                "/v1/units#x",
                "/v1/units?a b",
                "/v1/units?a#b"
            })
    void refuses_whenThePathCouldBeReadInTwoWays(String target) {
        assertThat(PathGuard.isPlain(target)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {8193, 100_000})
    void refuses_whenTheTargetIsTooLong(int length) {
        assertThat(PathGuard.isPlain("/" + "a".repeat(length - 1))).isFalse();
    }
}
