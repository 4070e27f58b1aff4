package vn.dvhc.sync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vn.dvhc.sync.connector.SnapshotReports.Report;

class SnapshotReportsTest {

    @Test
    void tableIsWhole_whenItsScanSucceeded_andOnlyThen() {
        assertThat(report("TABLE_SCAN_COMPLETED", "SUCCEEDED").orElseThrow().isWhole())
                .isTrue();
        assertThat(report("TABLE_SCAN_COMPLETED", "EMPTY").orElseThrow().isWhole())
                .isTrue();
        assertThat(report("TABLE_SCAN_COMPLETED", "SQL_EXCEPTION").orElseThrow().isWhole())
                .isFalse();
        assertThat(report("IN_PROGRESS", "SUCCEEDED").orElseThrow().isWhole()).isFalse();
    }

    @Test
    void nothingIsRead_whenTheMessageIsAboutSomethingElse() {
        assertThat(Report.of(new ObjectMapper(), "{\"aggregate_type\":\"Initial Snapshot\"}"))
                .isEmpty();
        assertThat(Report.of(new ObjectMapper(), "{")).isEmpty();
        assertThat(Report.of(new ObjectMapper(), null)).isEmpty();
    }

    private static Optional<Report> report(String type, String status) {
        return Report.of(
                new ObjectMapper(),
                "{\"id\":\"a1\",\"aggregate_type\":\"Incremental Snapshot\",\"type\":\"" + type
                        + "\",\"additional_data\":"
                        + "{\"connector_name\":\"cdc.commune_30\",\"scanned_collection\":\"public.case_file\",\"status\":\""
                        + status + "\"}}");
    }
}
