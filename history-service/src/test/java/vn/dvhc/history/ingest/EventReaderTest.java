package vn.dvhc.history.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.history.CatalogueLog;

class EventReaderTest {

    private static final UnitChangeData.Typed MESSAGE =
            CatalogueLog.whole().messages().get(29_000);
    private static final String EVENT = CatalogueLog.cloudEvent(MESSAGE);

    private final EventReader reader = new EventReader();

    @Test
    void readsEveryMessageOfTheCatalogue() throws UnreadableEventException {
        for (UnitChangeData.Typed message : CatalogueLog.whole().messages()) {
            assertThat(reader.read(CatalogueLog.cloudEvent(message))).isEqualTo(message);
        }
    }

    @Test
    void leavesFieldsAsideThatItDoesNotKnow() throws UnreadableEventException {
        // Given
        String grown = EVENT.replace("\"data\":{", "\"traceparent\":\"00-1\",\"data\":{\"population\":{\"a\":[1]},");

        // Then
        assertThat(reader.read(grown)).isEqualTo(MESSAGE);
    }

    @Test
    void refusesATypeItDoesNotKnow() {
        String unknown = EVENT.replaceFirst("\"type\":\"vn.dvhc.unit.[a-z]+\"", "\"type\":\"vn.dvhc.unit.twinned\"");

        assertThatThrownBy(() -> reader.read(unknown))
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
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageStartingWith(reason);
    }
}
