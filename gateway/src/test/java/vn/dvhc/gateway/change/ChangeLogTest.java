package vn.dvhc.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

    private static final String CITY = "79@2004-08-31";
    private static final String NEIGHBOUR = "74@2004-08-31";
    private static final String NINE = "763@2004-08-31";
    private static final String TWO = "769@2004-08-31";
    private static final String THU_DUC = "764@2021-01-01";
    private static final String WARD_OF_NINE = "26800@2004-08-31";
    private static final String WARD_OF_TWO = "27001@2004-08-31";
    private static final String NEW_WARD = "26801@2025-07-01";

    private final ChangeLog log = new ChangeLog();
    private final Events events = new Events();

    /** Quận 9 and Quận 2 become Thủ Đức, which ends; a ward of Quận 9 goes on in a new one. */
    private void tellOfThuDuc() {
        tell(events.day("created", CITY, null)); // 1
        tell(events.day("created", NEIGHBOUR, null)); // 2
        tell(events.day("created", NINE, CITY)); // 3
        tell(events.day("created", TWO, CITY)); // 4
        tell(events.day("created", WARD_OF_NINE, NINE)); // 5
        tell(events.day("created", WARD_OF_TWO, TWO)); // 6
        tell(events.day("created", THU_DUC, CITY)); // 7
        tell(events.day("ended", NINE, CITY, NINE + ">" + THU_DUC)); // 8
        tell(events.day("ended", TWO, CITY, TWO + ">" + THU_DUC)); // 9
        tell(events.day("reparented", WARD_OF_NINE, THU_DUC)); // 10
        tell(events.day("reparented", WARD_OF_TWO, THU_DUC)); // 11
        tell(events.day("ended", THU_DUC, CITY)); // 12
        tell(events.day("created", NEW_WARD, CITY)); // 13
        tell(events.day("ended", WARD_OF_NINE, THU_DUC, WARD_OF_NINE + ">" + NEW_WARD)); // 14
        tell(events.day("renamed", NEW_WARD, CITY)); // 15
        tell(events.day("renamed", WARD_OF_TWO, CITY)); // 16
    }

    @Test
    void followsAllThatWasEverQuan9() {
        tellOfThuDuc();

        assertThat(wanted(filter(List.of(NINE), List.of(), List.of())))
                .containsExactly(3L, 5L, 7L, 8L, 9L, 10L, 12L, 13L, 14L, 15L);
    }

    @Test
    void followsBackToWhatAUnitWas() {
        tellOfThuDuc();

        assertThat(wanted(filter(List.of(NEW_WARD), List.of(), List.of()))).containsExactly(5L, 10L, 13L, 14L, 15L);
    }

    @Test
    void followsASuccessorFromItsFirstDay_whenItBeginsAfterTheFilterWasMade() {
        tell(events.day("created", CITY, null));
        tell(events.day("created", WARD_OF_NINE, CITY));
        Interest interest = log.interest(filter(List.of(WARD_OF_NINE), List.of(), List.of()));
        assertThat(interest.concerns(log.after(0).orElseThrow())).isFalse();

        // The new ward is told of before the edge that leads to it, on the same day.
        tell(events.part(0, 2, "created", NEW_WARD, CITY));
        assertThat(log.last()).isEqualTo(2);
        tell(events.part(1, 2, "ended", WARD_OF_NINE, CITY, WARD_OF_NINE + ">" + NEW_WARD));

        assertThat(interest.concerns(log.after(2).orElseThrow())).isTrue();
        assertThat(interest.concerns(log.after(3).orElseThrow())).isTrue();
    }

    @Test
    void doesNotFollowAnEdgeThatWasTakenBack() {
        tellOfThuDuc();
        tell(events.retraction(14, WARD_OF_NINE, THU_DUC));

        assertThat(wanted(filter(List.of(NEW_WARD), List.of(), List.of()))).containsExactly(13L, 14L, 15L);
    }

    @Test
    void tellsAProvinceOfWhatLeavesAndWhatArrives() {
        tellOfThuDuc();
        tell(events.day("reparented", NEW_WARD, NEIGHBOUR)); // 17
        tell(events.day("renamed", NEW_WARD, NEIGHBOUR)); // 18

        assertThat(wanted(filter(List.of(), List.of(NEIGHBOUR), List.of()))).containsExactly(2L, 17L, 18L);
        assertThat(wanted(filter(List.of(), List.of(CITY), List.of())))
                .contains(1L, 3L, 16L, 17L)
                .doesNotContain(2L, 18L);
    }

    @Test
    void meetsEveryPartOfAFilter() {
        tellOfThuDuc();

        assertThat(wanted(filter(List.of(NINE), List.of(CITY), List.of("renamed"))))
                .containsExactly(15L);
        assertThat(wanted(ChangeFilter.ALL)).hasSize(16);
        assertThat(log.knowsUnitsOf(filter(List.of(NINE), List.of(CITY), List.of())))
                .isTrue();
        assertThat(log.knowsUnitsOf(filter(List.of("00001@1999-01-01"), List.of(), List.of())))
                .isFalse();
    }

    @Test
    void tellsOfNotices_byWhoBearsTheirCodes() {
        tellOfThuDuc();
        tell(events.notice("scheduled", "plan", "26801")); // 17
        tell(events.notice("withdrawn", "plan", null)); // 18

        assertThat(wanted(filter(List.of(NINE), List.of(), List.of("scheduled", "withdrawn"))))
                .containsExactly(17L, 18L);
        assertThat(wanted(filter(List.of(TWO), List.of(), List.of("scheduled", "withdrawn"))))
                .isEmpty();
    }

    @Test
    void dropsWhatItHasSeen_andHaltsAtAGap() {
        String first = events.day("created", CITY, null);
        tell(first);
        tell(first);
        assertThat(log.last()).isEqualTo(1);

        events.day("created", NINE, CITY);
        tell(events.day("created", TWO, CITY));

        assertThat(log.last()).isEqualTo(1);
        assertThat(log.halt()).hasValueSatisfying(cause -> assertThat(cause).contains("3"));
    }

    @Test
    void wakesReaders_onceItHasCaughtUp() {
        List<Long> woken = new ArrayList<>();
        log.onGrowth(() -> woken.add(log.last()));
        tell(events.day("created", CITY, null));
        assertThat(woken).isEmpty();

        log.caughtUp();
        tell(events.day("created", NINE, CITY));

        assertThat(woken).containsExactly(1L, 2L);
    }

    @Test
    void givesAnEventOnOneLine() {
        Events.tell(log, events.day("created", CITY, null).replace(",\"type\"", ",\r\n\"type\""));

        String event = new String(log.after(0).orElseThrow().event(), StandardCharsets.UTF_8);
        assertThat(event).doesNotContain("\n").doesNotContain("\r").contains("\"unitId\":\"" + CITY + "\"");
    }

    @Test
    void refusesFiltersThatCannotBeMeant() {
        assertThat(ChangeFilter.read(List.of("00004"), List.of(), List.of())).isEmpty();
        assertThat(ChangeFilter.read(List.of(), List.of(NINE), List.of())).isEmpty();
        assertThat(ChangeFilter.read(List.of(), List.of(), List.of("moved"))).isEmpty();
        assertThat(ChangeFilter.read(java.util.Collections.nCopies(21, NINE), List.of(), List.of()))
                .isEmpty();
    }

    private void tell(String event) {
        Events.tell(log, event);
        assertThat(log.halt().filter(cause -> !cause.contains("Expected message 2")))
                .isEmpty();
    }

    private static ChangeFilter filter(List<String> units, List<String> provinces, List<String> kinds) {
        return ChangeFilter.read(units, provinces, kinds).orElseThrow();
    }

    private List<Long> wanted(ChangeFilter filter) {
        Interest interest = log.interest(filter);
        List<Long> wanted = new ArrayList<>();
        Optional<Change> next = log.after(0);
        while (next.isPresent()) {
            if (interest.concerns(next.get())) {
                wanted.add(next.get().sequence());
            }
            next = log.after(next.get().sequence());
        }
        return wanted;
    }
}
