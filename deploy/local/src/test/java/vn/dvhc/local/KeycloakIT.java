package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The realm as it is imported, and a platform that ends with the process it was started for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakIT {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private Process parent;
    private PlatformProcess platform;

    @BeforeAll
    void startPlatform(@TempDir Path dir) throws Exception {
        parent = new ProcessBuilder("sleep", "600").start();
        platform = PlatformProcess.start(
                PlatformOptions.withFreePorts(dir).withParent(OptionalLong.of(parent.pid())), line -> {});
    }

    /** Not a test of its own: it ends what the others use. */
    @AfterAll
    void platform_whenItsParentIsKilled_endsWithKeycloakAndPostgres() {
        Postmaster postgres = new Postmaster(platform.dir().resolve("postgres/data"));
        PidFile keycloak = new PidFile(platform.dir().resolve("keycloak.pid"));
        assertThat(postgres.running()).isPresent();
        assertThat(keycloak.running()).isPresent();

        parent.destroyForcibly();

        ProcessHandle.of(platform.pid()).ifPresent(process -> PidFile.awaitEnd(process, Duration.ofSeconds(60)));
        assertThat(platform.isAlive()).isFalse();
        assertThat(postgres.running()).isEmpty();
        assertThat(keycloak.running()).isEmpty();
    }

    @Test
    void serviceAccounts_haveTheirRoleAudienceAndUnit() throws Exception {
        assertThat(claims("registry-drafter", "decision-drafter")).contains("\"dvhc_unit\":\"VN\"");
        assertThat(claims("registry-approver", "decision-approver")).contains("\"dvhc_unit\":\"VN\"");
        assertThat(claims("operations", "operator")).contains("\"dvhc_unit\":\"VN\"");
        assertThat(claims("subscriber-demo", "subscriber")).contains("\"dvhc_unit\":\"31@2025-07-01\"");
        assertThat(claims("national-subscriber", "subscriber")).contains("\"dvhc_unit\":\"VN\"");
        assertThat(claims("province-hai-duong", "province-operator")).contains("\"dvhc_unit\":\"30@2004-08-31\"");
        assertThat(claims("administration", "national-admin")).contains("\"dvhc_unit\":\"VN\"");
    }

    /** The services behind ask for the roles of old. */
    @Test
    void roles_bringTheRoleOfOld() throws Exception {
        assertThat(claims("administration", "national-operator")).contains("\"operator\"");
        assertThat(claims("operations", "national-operator"))
                .contains("\"operator\"")
                .doesNotContain("national-admin");
        assertThat(claims("province-hai-phong", "province-operator"))
                .contains("\"unit-officer\"")
                .doesNotContain("commune-clerk", "\"operator\"");
        assertThat(claims("officer-thanh-dong", "commune-clerk"))
                .contains("\"unit-officer\"")
                .doesNotContain("province-operator", "\"operator\"");
    }

    @Test
    void people_signInWithTheirRole() throws Exception {
        assertThat(payload(token(
                        "grant_type=password&client_id=console&username=drafter&password=local-development-drafter")))
                .contains("\"preferred_username\":\"drafter\"")
                .containsPattern("\"groups\":\\[[^]]*\"decision-drafter\"");
        assertThat(payload(token(
                        "grant_type=password&client_id=console&username=approver&password=local-development-approver")))
                .containsPattern("\"groups\":\\[[^]]*\"decision-approver\"");
    }

    @Test
    void people_bearTheUnitOfTheirAccount() throws Exception {
        assertThat(person("ops")).contains("\"national-operator\"", "\"dvhc_unit\":\"VN\"");
        assertThat(person("admin")).contains("\"national-admin\"", "\"dvhc_unit\":\"VN\"");
        assertThat(person("officer-hai-phong")).contains("\"province-operator\"", "\"dvhc_unit\":\"31@2025-07-01\"");
        assertThat(person("clerk-thanh-dong")).contains("\"commune-clerk\"", "\"dvhc_unit\":\"10507@2025-07-01\"");
    }

    private String person(String name) throws Exception {
        return payload(token(
                "grant_type=password&client_id=console&username=" + name + "&password=local-development-" + name));
    }

    private String claims(String client, String role) throws Exception {
        String claims = payload(token(
                "grant_type=client_credentials&client_id=" + client + "&client_secret=local-development-" + client));
        assertThat(claims)
                .contains("\"iss\":\"" + platform.oidcUrl() + "\"")
                .containsPattern("\"aud\":(\"dvhc\"|\\[[^]]*\"dvhc\")")
                .containsPattern("\"realm_access\":\\{\"roles\":\\[[^]]*\"" + role + "\"")
                .containsPattern("\"groups\":\\[[^]]*\"" + role + "\"");
        return claims;
    }

    private String token(String form) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(platform.oidcUrl() + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher token = TOKEN.matcher(answer.body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static String payload(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }
}
