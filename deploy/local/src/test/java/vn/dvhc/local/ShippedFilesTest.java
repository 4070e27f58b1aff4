package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the code and the files beside it must agree on. */
class ShippedFilesTest {

    private final Path deploy = ProjectRoot.find().resolve("deploy");

    @Test
    void roles_haveThePasswordsOfTheAccounts() throws IOException {
        String roles = Files.readString(deploy.resolve("connectors/sql/roles.sql"));

        assertThat(Stream.of(Account.values()).filter(account -> account != Account.POSTGRES))
                .allSatisfy(account -> assertThat(roles)
                        .containsPattern("\\('" + account.user() + "', '[A-Z ]+', '" + account.password() + "'\\)"));
    }

    @Test
    void outboxTemplate_needsNoMoreThanTheFleetGives() throws IOException {
        Map<String, String> given = Map.of(
                "source", "registry-outbox",
                "database.host", "127.0.0.1",
                "database.port", "15432",
                "database.name", "registry",
                "database.user", "capture",
                "database.password", "secret");
        String filled = ConnectClient.fill(Files.readString(deploy.resolve("connectors/registry-outbox.json")), given);

        assertThat(filled.replace("${routedByValue}", "")).doesNotContain("${");
    }

    /** A service's test has this module's classes and nothing of what they are compiled against. */
    @Test
    void publicClasses_needTheJdkOnly(@TempDir Path dir) throws Exception {
        ProcessBuilder down = new ProcessBuilder(
                        PlatformProcess.javaCommand(),
                        "-Ddvhc.root=" + ProjectRoot.find(),
                        "-cp",
                        deploy.resolve("local/target/classes").toString(),
                        "vn.dvhc.local.Down")
                .redirectErrorStream(true);
        down.environment().put("DVHC_DATA", dir.toString());
        Process process = down.start();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("nothing was running");
    }
}
