package vn.dvhc.sync.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.unit.UnitId;

class AnnouncementTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);
    private static final String FROM = "10510@2004-08-31";
    private static final String TO = "10507@2025-07-01";
    private static final String ID = "case_file." + FROM + "." + TO;

    @Test
    void manifest_isToldByItsCountsAndHashes() throws Exception {
        Manifest manifest = new Manifest(
                ID,
                DAY,
                2,
                "case_file",
                new Manifest.Party(FROM, "10510", "Phường Bình Hàn", "Tỉnh Hải Dương"),
                new Manifest.Party(TO, "10507", "Phường Thành Đông", "Thành phố Hải Phòng"),
                List.of("commune_30"),
                List.of("commune_31"),
                new Manifest.Records(3, "-7", 3, "-7", true, 1, 0),
                new Manifest.Exceptions(2, 1, List.of("chờ phân giao")),
                List.of(),
                null,
                null,
                "2025-06-30T17:04:11Z");

        Announcement told = Announcement.of(entry(7, "manifest", ID, 2, "", Canonical.write(manifest)));

        assertThat(told.sequence()).isEqualTo(7);
        assertThat(told.subject()).isEqualTo(FROM);
        assertThat(JSON.readTree(told.event())).isEqualTo(JSON.readTree("""
                {"specversion":"1.0","id":"handover-7","source":"/dvhc/sync","type":"vn.dvhc.handover.sealed",
                 "subject":"10510@2004-08-31","time":"2025-06-30T17:04:11Z","datacontenttype":"application/json",
                 "data":{"sequence":7,"enactment":"2025-07-01","manifest":"case_file.10510@2004-08-31.10507@2025-07-01",
                  "version":2,"dataset":"case_file","from":"10510@2004-08-31","to":"10507@2025-07-01",
                  "records":{"given":3,"givenChecksum":"-7","received":3,"receivedChecksum":"-7","equal":true,"queued":2,"rejected":1},
                  "previous":"before","hash":"after"}}
                """));
    }

    @Test
    void signature_isToldWithoutThePerson() throws Exception {
        Signature signature = new Signature(
                "from", 2, "sealed", "Nguyễn Văn An", "person-1", TO, "Phường Thành Đông", "2025-07-02T02:00:00Z");

        Announcement told = Announcement.of(entry(9, "signature", ID, 2, "from", Canonical.write(signature)));

        JsonNode data = JSON.readTree(told.event()).path("data");
        assertThat(data.path("signed"))
                .isEqualTo(JSON.readTree("{\"side\":\"from\",\"unit\":\"" + TO + "\",\"manifestHash\":\"sealed\"}"));
        assertThat(data.path("to").asText()).isEqualTo(TO);
        assertThat(told.event()).doesNotContain("Nguyễn", "person-1");
    }

    @Test
    void day_isToldWithWhatItsManifestsSayTogether() throws Exception {
        Subject moved = new Subject(DAY, "case_file", UnitId.parse(FROM), UnitId.parse(TO));
        Subject waiting = new Subject(DAY, "case_file", UnitId.parse(FROM), null);
        DayComplete day = DayComplete.of(
                DAY,
                List.of(moved, waiting),
                Map.of(moved, figures(3, 3, 0), waiting, figures(2, 0, 2)),
                "2025-06-30T17:04:11Z");

        Announcement told = Announcement.of(entry(3, "day", "", 1, "", Canonical.write(day)));

        assertThat(told.subject()).isEqualTo("2025-07-01");
        JsonNode data = JSON.readTree(told.event()).path("data");
        assertThat(data.path("manifests").asInt()).isEqualTo(2);
        assertThat(data.path("datasets")).isEqualTo(JSON.readTree("""
                [{"dataset":"case_file","given":3,"received":3,"queued":2,"rejected":0}]
                """));
        assertThat(data.has("from")).isFalse();
    }

    @Test
    void entry_ofAnotherKind_isRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Announcement.of(entry(3, "rumour", "", 1, "", "{}")));
    }

    private static Figures figures(long given, long received, long queued) {
        return new Figures(
                given, BigDecimal.ZERO, received, BigDecimal.ZERO, 0, 0, queued, 0, null, null, Set.of(), Set.of());
    }

    private static Chain.Entry entry(
            long place, String kind, String manifest, int version, String side, String content) {
        return new Chain.Entry(
                place, new Chain.Draft(kind, DAY, manifest, version, side, "", content), "before", "after");
    }
}
