package vn.dvhc.gateway.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.dvhc.gateway.change.WholeLog;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;

/** The maps of all communes, read back as the web servers read them. */
class RedirectMapTest {

    private static final LocalDate BEFORE = LocalDate.parse("2025-06-30");
    private static final String DOOR = "https://dvhc.example.vn/v1/redirects/url_0123456789abcdef/";
    private static final UrlTemplate OLD = template("https://cong.example.vn/xa/{code}.html");
    private static final UrlTemplate OLD_IN_QUERY = template("https://cong.example.vn/xa.php?ma={code}");
    private static final UrlTemplate NEW = template("https://moi.example.vn/don-vi/{code}");

    private final Resolver resolver =
            new Resolver(WholeLog.told().log().units().timeline().orElseThrow(), LocalDate.parse("2026-11-26"));

    @Test
    void tellsNginxEveryCommune() {
        readBack(
                OLD,
                RedirectMap.Format.NGINX,
                Pattern.compile("\"(?<key>/xa/(?<code>\\d{5})\\.html)\" \"(?<to>https://[A-Za-z0-9._/-]+)\";"));
    }

    @Test
    void tellsNginxEveryCommune_whenTheCodeIsInTheQuery() {
        readBack(
                OLD_IN_QUERY,
                RedirectMap.Format.NGINX,
                Pattern.compile("\"(?<key>/xa\\.php\\?ma=(?<code>\\d{5}))\" \"(?<to>https://[A-Za-z0-9._/-]+)\";"));
    }

    @Test
    void tellsApacheEveryCommune() {
        readBack(
                OLD,
                RedirectMap.Format.APACHE_MAP,
                Pattern.compile("(?<key>/xa/(?<code>\\d{5})\\.html) (?<to>https://[A-Za-z0-9._/-]+)"));
    }

    @Test
    void tellsApacheEveryCommuneByExpression() {
        Pattern line = Pattern.compile(
                "RedirectMatch 308 \"(?<key>.*/(?<code>\\d{5}).*)\" \"(?<to>https://[A-Za-z0-9._/-]+)\"");
        Set<String> expressions = readBack(OLD, RedirectMap.Format.APACHE_REDIRECT, line);

        for (String expression : expressions.stream().limit(50).toList()) {
            String code = expression.replaceAll("\\D", "");
            assertThat(OLD.pathWith(UnitCode.of(code))).matches(expression);
            assertThat(OLD.pathWith(UnitCode.of(code)).replace('.', 'x')).doesNotMatch(expression);
        }
    }

    @Test
    void tellsNothing_withoutAVintage() {
        assertThat(map(OLD, RedirectMap.Format.NGINX, null).codes()).isEmpty();
    }

    private Set<String> readBack(UrlTemplate template, RedirectMap.Format format, Pattern line) {
        RedirectMap map = map(template, format, BEFORE);
        List<UnitCode> codes = map.codes();
        String text = map.head() + map.lines(codes.subList(0, 5_000)) + map.lines(codes.subList(5_000, codes.size()));

        Set<String> keys = new HashSet<>();
        int atTheDoor = 0;
        for (String read : text.split("\n")) {
            if (!read.startsWith("#")) {
                Matcher matcher = line.matcher(read);
                assertThat(matcher.matches()).as(read).isTrue();
                assertThat(keys.add(matcher.group("key"))).as("once").isTrue();
                UnitCode code = UnitCode.of(matcher.group("code"));
                String to = matcher.group("to");
                String expected = resolver.resolve(code, BEFORE)
                        .fold(
                                moved -> NEW.with(moved.now().code()),
                                split -> DOOR + code,
                                ended -> DOOR + code,
                                unknown -> "none");
                assertThat(to).isEqualTo(expected);
                atTheDoor += to.startsWith(DOOR) ? 1 : 0;
            }
        }
        assertThat(keys).hasSize(10_035);
        assertThat(atTheDoor).as("divided communes").isEqualTo(441);
        return keys;
    }

    private RedirectMap map(UrlTemplate template, RedirectMap.Format format, @Nullable LocalDate vintage) {
        UrlPattern pattern = new UrlPattern(
                "url_0123456789abcdef",
                "portal-demo",
                template,
                vintage,
                Level.COMMUNE,
                NEW,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
        return new RedirectMap(pattern, format, resolver, DOOR);
    }

    private static UrlTemplate template(String text) {
        return UrlTemplate.read(text).orElseThrow();
    }
}
