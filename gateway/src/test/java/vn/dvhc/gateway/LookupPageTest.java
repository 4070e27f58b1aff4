package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The look-up page as browsers fetch it. */
@QuarkusTest
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class LookupPageTest {

    private static final int LARGEST = 60_000;
    private static final Path FILES = Path.of("src/main/resources/page");
    private static final Pattern ASSET = Pattern.compile("/assets/[0-9a-f]{16}/[a-z]+\\.(js|css|svg)");

    @TestHTTPResource
    URI address;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    void isOpenToEverybody_andAskedForAnewEachTime() {
        Calls.Answer page = door.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.body()).contains("<html lang=\"vi\">", "Xã, phường, quận, tỉnh cũ nay là đâu?");
        assertThat(door.get("/?u=10510@2004-08-31&lang=en").body()).isEqualTo(page.body());
        assertThat(door.get("/", "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
        assertThat(door.call("HEAD", "/", "").header("Content-Length")).isEqualTo(page.header("Content-Length"));
    }

    @Test
    void runsNothingButItsOwnFiles() {
        for (String path : Stream.concat(Stream.of("/"), assets().stream()).toList()) {
            Calls.Answer answer = door.get(path);

            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "http");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        }
        assertThat(door.get("/").body())
                .as("nothing inline, nothing from elsewhere")
                .doesNotContain("<style", "style=", "onclick", "http://", "https://", "{assets}")
                .doesNotContainPattern("<script(?![^>]*src=)");
    }

    @Test
    void filesAreKeptForEver_becauseTheirAddressChangesWithThem() throws IOException {
        Set<String> served = assets().stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());

        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("index.html")))
                    .as("each file is named in the page")
                    .containsExactlyInAnyOrderElementsOf(served);
        }
        for (String path : assets()) {
            Calls.Answer file = door.get(path);
            assertThat(file.status()).as(path).isEqualTo(200);
            assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(file.body())
                    .isEqualTo(Files.readString(FILES.resolve(path.substring(path.lastIndexOf('/') + 1))));
        }
    }

    @Test
    void fileOfAnotherVersionIsNotKept() {
        Calls.Answer other = door.get("/assets/0123456789abcdef/page.js");

        assertThat(other.status()).isEqualTo(200);
        assertThat(other.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void isSmall_whenTheBrowserTakesItPacked() {
        int all = 0;
        for (String path : Stream.concat(Stream.of("/"), assets().stream()).toList()) {
            Calls.Answer packed = door.get(path, "Accept-Encoding", "br, gzip;q=0.8");
            assertThat(packed.header("Content-Encoding")).as(path).isEqualTo("gzip");
            all += Integer.parseInt(packed.header("Content-Length"));
        }

        assertThat(all).isLessThan(LARGEST);
        assertThat(door.get("/", "Accept-Encoding", "gzip;q=0").header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void staysShut_whenItIsNoFileOfThePageOrNotRead() {
        assertThat(door.get("/assets/0123456789abcdef/application.properties").status())
                .isEqualTo(401);
        assertThat(door.get("/assets/0123456789abcdef/index.html").status()).isEqualTo(401);
        assertThat(door.call("POST", "/", "{}").status()).isEqualTo(401);
        assertThat(door.call("DELETE", assets().get(0), "").status()).isEqualTo(401);
    }

    private List<String> assets() {
        return ASSET.matcher(door.get("/").body())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
