package vn.dvhc.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandOverLogTest {

    private static final String OLD_PROVINCE = "30@2004-08-31";
    private static final String PROVINCE = "31@2004-08-31";
    private static final String GIVER = "10510@2004-08-31";
    private static final String TAKER = "10507@2025-07-01";
    private static final String STRANGER = "10525@2025-07-01";

    private final ChangeLog units = new ChangeLog();
    private final Events unitEvents = new Events();
    private final HandOverLog log = new HandOverLog(units);
    private final HandOverEvents events = new HandOverEvents();
    private final EventReader reader = new EventReader();

    @BeforeEach
    void tellOfTheUnits() {
        for (String province : List.of(OLD_PROVINCE, PROVINCE)) {
            Events.tell(units, unitEvents.day("created", province, null));
        }
        Events.tell(units, unitEvents.day("created", GIVER, OLD_PROVINCE));
        Events.tell(units, unitEvents.day("created", TAKER, PROVINCE));
        Events.tell(units, unitEvents.day("created", STRANGER, PROVINCE));
        Events.tell(units, unitEvents.day("ended", GIVER, OLD_PROVINCE, GIVER + ">" + TAKER));
        units.caughtUp();
    }

    @Test
    void event_comesBackAsItWent_inLessRoom() {
        String event = events.event("sealed", GIVER, TAKER, "case_file");
        byte[] bytes = HandOverEvents.bytes(event);

        tell(event);

        assertThat(new String(log.after(0).orElseThrow().event(), StandardCharsets.UTF_8))
                .isEqualTo(event);
        assertThat(Packing.pack(bytes)).hasSizeLessThan(bytes.length / 2);
        byte[] strange = HandOverEvents.bytes("{\"ghi chú\":\"" + "Đơn vị — 单位 ".repeat(50) + "\"}");
        assertThat(Packing.unpack(Packing.pack(strange), strange.length)).isEqualTo(strange);
    }

    @Test
    void filter_meetsDatasetUnitProvinceAndKind() {
        tell(events.event("sealed", GIVER, TAKER, "case_file"));
        tell(events.event("sealed", GIVER, TAKER, "permit"));
        tell(events.event("sealed", STRANGER, STRANGER, "permit"));
        tell(events.event("signed", GIVER, TAKER, "permit"));
        tell(events.event("sealed", GIVER, null, "permit"));
        tell(events.event("completed", null, null, "permit"));

        assertThat(wanted(List.of(), List.of(), List.of(), List.of())).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(wanted(List.of(), List.of(), List.of(), List.of("case_file")))
                .containsExactly(1L);
        assertThat(wanted(List.of(), List.of(), List.of(), List.of("permit"))).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(wanted(List.of(TAKER), List.of(), List.of(), List.of()))
                .as("its predecessor's too, and the day's")
                .containsExactly(1L, 2L, 4L, 5L, 6L);
        assertThat(wanted(List.of(), List.of(OLD_PROVINCE), List.of(), List.of()))
                .containsExactly(1L, 2L, 4L, 5L, 6L);
        assertThat(wanted(List.of(), List.of(PROVINCE), List.of("sealed"), List.of("permit")))
                .containsExactly(2L, 3L);
    }

    @Test
    void handOver_isNotTakenBeforeItsUnitsAreKnown() {
        HandOverLog.Told told =
                reader.readHandOver(HandOverEvents.bytes(events.event("sealed", GIVER, "10999@2026-01-01", "permit")));
        assertThat(log.isReadyFor(told)).isFalse();

        Events.tell(units, unitEvents.day("created", "10999@2026-01-01", PROVINCE));

        assertThat(log.isReadyFor(told)).isTrue();
    }

    @Test
    void gap_haltsTheLog_andARepetitionIsDropped() {
        String first = events.event("sealed", GIVER, TAKER, "permit");
        tell(first);
        tell(first);
        assertThat(log.last()).isEqualTo(1);
        assertThat(log.halt()).isEmpty();

        events.event("sealed", GIVER, TAKER, "permit");
        tell(events.event("sealed", GIVER, TAKER, "permit"));

        assertThat(log.last()).isEqualTo(1);
        assertThat(log.halt()).contains("Message 3 came behind 1");
    }

    @Test
    void filter_isRefused_whereTheStreamTellsNoSuchThing() {
        assertThat(ChangeFilter.read(StreamName.UNITS, List.of(), List.of(), List.of(), List.of("permit")))
                .isEmpty();
        assertThat(ChangeFilter.read(StreamName.HANDOVERS, List.of(), List.of(), List.of("created"), List.of()))
                .isEmpty();
        assertThat(ChangeFilter.read(StreamName.UNITS, List.of(), List.of(), List.of("sealed"), List.of()))
                .isEmpty();
        assertThat(ChangeFilter.read(StreamName.HANDOVERS, List.of(), List.of(), List.of(), List.of("a b")))
                .isEmpty();
    }

    private List<Long> wanted(List<String> ids, List<String> provinces, List<String> kinds, List<String> datasets) {
        Interest interest = units.interest(ChangeFilter.read(StreamName.HANDOVERS, ids, provinces, kinds, datasets)
                .orElseThrow());
        List<Long> wanted = new ArrayList<>();
        @Nullable Change next = log.after(0).orElse(null);
        while (next != null) {
            if (interest.concerns(next)) {
                wanted.add(next.sequence());
            }
            Optional<Change> following = log.after(next.sequence());
            next = following.orElse(null);
        }
        return wanted;
    }

    private void tell(String event) {
        byte[] bytes = HandOverEvents.bytes(event);
        log.accept(reader.readHandOver(bytes), bytes);
    }
}
