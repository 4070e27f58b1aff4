package vn.dvhc.demo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.local.ProjectRoot;

/** A minute of {@code benchmarks/faults}: the faults that have broken most, over the night of the reform. */
class FaultCampaignIT {

    private static final long SEED = 20250701;

    @Test
    void nothingIsLostDoubledOrReordered_whenProgramsAndNetworksFailOverTheReform() {
        Path dir = ProjectRoot.find().resolve("deploy/end-to-end/target/faults-it");

        CampaignReport report =
                FaultCampaign.run(new CampaignOptions(Duration.ofSeconds(75), SEED, 800, true, dir), System.out);

        assertThat(report)
                .as("what the run said above tells why it ended early")
                .isNotNull();
        assertThat(report.checks())
                .allSatisfy(check -> assertThat(check.holds())
                        .as(check.claim() + ": " + check.found() + " " + check.examples())
                        .isTrue());
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
        assertThat(report.reordered()).isZero();
        assertThat(report.checks()).extracting(Check::claim).contains("no copy ever went back");
        assertThat(report.writes()).isGreaterThan(1_000);
        assertThat(report.samples()).isGreaterThan(1_000);
        assertThat(report.faults()).hasSizeGreaterThanOrEqualTo(2);
    }
}
