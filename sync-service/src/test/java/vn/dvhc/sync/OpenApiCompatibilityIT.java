package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/** What the build has generated against what callers were promised. */
class OpenApiCompatibilityIT {

    private static final Path RELEASED = Path.of("src/contract/openapi-v1.yaml");
    private static final Path GENERATED = Path.of("target/openapi/openapi.yaml");

    @Test
    void generatedDocument_breaksNoCallerOfTheReleasedOne() {
        ChangedOpenApi changes = OpenApiCompare.fromFiles(RELEASED.toFile(), GENERATED.toFile());

        assertThat(changes.isCompatible())
                .as("incompatible with %s:%n%s", RELEASED, changes.getChangedOperations())
                .isTrue();
        assertThat(changes.getMissingEndpoints()).isEmpty();
    }
}
