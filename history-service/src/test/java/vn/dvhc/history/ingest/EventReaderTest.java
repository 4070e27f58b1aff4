package vn.dvhc.history.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.Sequel;
import vn.dvhc.history.timeline.Arrival;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitCode;

class EventReaderTest {

    private static final UnitChangeData.Typed MESSAGE =
            CatalogueLog.whole().messages().get(29_000);
    private static final String EVENT = CatalogueLog.cloudEvent(MESSAGE);

    private static final Instant ARRIVED = Instant.parse("2026-11-25T03:00:00Z");

    private final EventReader reader = new EventReader();

    @Test
    void readsEveryMessageOfTheCatalogue() throws UnreadableEventException {
        for (UnitChangeData.Typed message : CatalogueLog.whole().messages()) {
            assertThat(reader.read(CatalogueLog.cloudEvent(message), ARRIVED))
                    .isEqualTo(new Arrival(message, CatalogueLog.RECORDED));
        }
    }

    @Test
    void leavesFieldsAsideThatItDoesNotKnow() throws UnreadableEventException {
        // Given
        String grown = EVENT.replace("\"data\":{", "\"traceparent\":\"00-1\",\"data\":{\"population\":{\"a\":[1]},");

        // Then
        assertThat(reader.read(grown, ARRIVED).message()).isEqualTo(MESSAGE);
    }

    @Test
    void readsCorrectionsAndNotices() throws UnreadableEventException {
        // Given
        Decision decision = new Decision(
                new DecisionId("later"),
                LocalDate.of(2027, 1, 1),
                "Đổi tên",
                List.of(new UnitChange.Rename(UnitCode.of("00008"), "Ngọc Hà Mới", Basis.NONE)));
        Sequel sequel = new Sequel()
                .notice(decision, ARRIVED)
                .correction(
                        Catalogue.REFORM,
                        new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Đúng", Basis.NONE),
                        ARRIVED);
        sequel.correction(
                Catalogue.REFORM,
                new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Thật", Basis.NONE),
                ARRIVED,
                Strike.of(sequel.registry().lastSequence()));

        // Then
        assertThat(sequel.arrivals())
                .hasSize(4)
                .allSatisfy(arrival -> assertThat(
                                reader.read(CatalogueLog.cloudEvent(arrival.message(), ARRIVED), Instant.EPOCH))
                        .isEqualTo(arrival));
    }

    @Test
    void takesTheTimeOfTheBroker_whenTheEnvelopeTellsNone() throws UnreadableEventException {
        assertThat(reader.read(EVENT.replaceFirst("\"time\":\"[^\"]+\",", ""), ARRIVED)
                        .recordedAt())
                .isEqualTo(ARRIVED);
        assertUnreadable(EVENT.replaceFirst("\"time\":\"[^\"]+\"", "\"time\":\"noon\""), "its time is no moment");
    }

    @Test
    void refusesATypeItDoesNotKnow() {
        String unknown = EVENT.replaceFirst("\"type\":\"vn.dvhc.unit.[a-z]+\"", "\"type\":\"vn.dvhc.unit.twinned\"");

        assertThatThrownBy(() -> reader.read(unknown, ARRIVED))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("its type is unknown: vn.dvhc.unit.twinned");
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertUnreadable(null, "it has no value");
        assertUnreadable("", "it is no JSON object");
        assertUnreadable("{", "it is no JSON");
        assertUnreadable("[]", "it is no JSON object");
        assertUnreadable(EVENT + EVENT, "it is no JSON");
        assertUnreadable(EVENT.replace("\"1.0\"", "\"0.3\""), "its specversion is not 1.0");
        assertUnreadable(EVENT.replace("\"data\":", "\"payload\":"), "its data lacks sequence");
        assertUnreadable(EVENT.replace("\"unitId\":", "\"unit\":"), "its data lacks unitId");
        assertUnreadable(EVENT.replaceFirst("\"index\":[0-9]+", "\"index\":\"third\""), "its data breaks the contract");
    }

    private void assertUnreadable(String text, String reason) {
        assertThatThrownBy(() -> reader.read(text, ARRIVED))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageStartingWith(reason);
    }
}
