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
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operators' console as browsers fetch it. */
@QuarkusTest
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class ConsolePageTest {

    private static final int LARGEST = 80_000;
    private static final Path FILES = Path.of("src/main/resources/console");
    private static final Set<String> OF_THE_LOOKUP_PAGE = Set.of("dom.js", "icon.svg", "page.css");
    private static final Pattern ASSET = Pattern.compile("/console/assets/[0-9a-f]{16}/[a-z-]+\\.(js|css|svg)");

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    URI issuer;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    void isOpenToEverybody_andNamesTheIssuer() {
        Calls.Answer page = door.get("/console/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.body())
                .contains("<html lang=\"vi\">", "content=\"" + issuer + "\"", "name=\"client\" content=\"console\"");
        assertThat(door.get("/console").status()).isEqualTo(308);
        assertThat(door.get("/console").header("Location")).isEqualTo("/console/");
    }

    @Test
    void asksNobodyButTheDoorAndTheIssuer_andOnlyTheConsoleDoes() {
        String policy = door.get("/console/").header("Content-Security-Policy");

        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .contains("connect-src 'self' " + issuer.getScheme() + "://" + issuer.getAuthority() + ";")
                .doesNotContain("unsafe", "*", "/realms");
        assertThat(door.get("/").header("Content-Security-Policy")).contains("connect-src 'self';");
        assertThat(door.get("/console/").body())
                .as("nothing inline")
                .doesNotContain("<style", "style=", "onclick", "{assets}", "{issuer}", "{client}")
                .doesNotContainPattern("<script(?![^>]*src=)");
    }

    @Test
    void everyFileIsServedAndNamedInThePage() throws IOException {
        Set<String> served = new TreeSet<>();
        for (String path : assets()) {
            Calls.Answer file = door.get(path);
            assertThat(file.status()).as(path).isEqualTo(200);
            assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            served.add(path.substring(path.lastIndexOf('/') + 1));
        }
        Set<String> known = new TreeSet<>(OF_THE_LOOKUP_PAGE);
        try (Stream<Path> files = Files.list(FILES)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("index.html"))
                    .forEach(known::add);
        }

        assertThat(served).isEqualTo(known);
    }

    @Test
    void isSmall_whenTheBrowserTakesItPacked() {
        int all = 0;
        for (String path :
                Stream.concat(Stream.of("/console/"), assets().stream()).toList()) {
            all += Integer.parseInt(door.get(path, "Accept-Encoding", "gzip").header("Content-Length"));
        }

        assertThat(all).isLessThan(LARGEST);
    }

    @Test
    void keepsNoTokenInTheBrowser() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("localStorage", "document.cookie");
            }
        }
        assertThat(Files.readString(FILES.resolve("session.js")))
                .containsOnlyOnce("sessionStorage.setItem(KEPT, JSON.stringify(kept))");
    }

    @Test
    void staysShut_whenItIsNoFileOfTheConsoleOrNotRead() {
        assertThat(door.get("/console/assets/0123456789abcdef/application.properties")
                        .status())
                .isEqualTo(401);
        assertThat(door.get("/console/index.html").status()).isEqualTo(401);
        assertThat(door.call("POST", "/console/", "{}").status()).isEqualTo(401);
    }

    private List<String> assets() {
        return ASSET.matcher(door.get("/console/").body())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
