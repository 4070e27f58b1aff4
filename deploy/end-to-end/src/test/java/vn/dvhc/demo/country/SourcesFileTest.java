package vn.dvhc.demo.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import vn.dvhc.local.ProjectRoot;

class SourcesFileTest {

    @Test
    void databasesStandAmongTheSources_whenThePlanIsTheShippedOne() throws IOException {
        String shipped = Files.readString(ProjectRoot.find().resolve("deploy/sync/sources.yaml"));

        String plan = SourcesFile.with(
                shipped, new TreeMap<>(Map.of("01", "db:5432/commune_01", "30", "db:5432/commune_30")));

        assertThat(plan.lines().dropWhile(line -> !line.startsWith("  - {name: commune_01")))
                .startsWith(
                        "  - {name: commune_01, tier: commune, province: \"01\", vintage: 2025-06-30, epoch: 1,"
                                + " database: \"db:5432/commune_01\"}",
                        "  - {name: commune_30, tier: commune, province: \"30\", vintage: 2025-06-30, epoch: 1,"
                                + " database: \"db:5432/commune_30\"}",
                        "",
                        "datasets:");
        assertThat(plan).startsWith(shipped.substring(0, shipped.indexOf("\ndatasets:")));
    }

    @Test
    void planIsRefused_whenItDeclaresNoDatasets() {
        assertThatIllegalArgumentException().isThrownBy(() -> SourcesFile.with("sources: []\n", Map.of()));
    }
}
