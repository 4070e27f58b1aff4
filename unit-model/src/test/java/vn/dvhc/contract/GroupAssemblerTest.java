package vn.dvhc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Group;

/** Whole groups only, in order; what was seen is dropped, what is missing stops the stream. */
class GroupAssemblerTest {

    private static final Instant EARLY = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-02T00:00:00Z");

    private final GroupAssembler assembler = new GroupAssembler(0);

    @Test
    void putsGroupsOfAllKindsTogether_inTheOrderOfTheLog() {
        // When
        List<Group> groups = new ArrayList<>();
        for (LogMessage message : List.of(
                renamed(1, "2025-07-01", 0, 2, null),
                renamed(2, "2025-07-01", 1, 2, null),
                notice(3),
                retracted(4, 0, 2, 1L),
                renamed(5, "2025-07-01", 1, 2, true),
                renamed(6, "2025-07-02", 0, 1, null))) {
            assembler
                    .accept(message, message.index() == 0 ? EARLY : LATE)
                    .ifPresent(whole -> groups.add(whole.group()));
        }

        // Then
        assertThat(groups)
                .extracting(Group::kind)
                .containsExactly(Group.Kind.DAY, Group.Kind.NOTICE, Group.Kind.CORRECTION, Group.Kind.DAY);
        assertThat(groups).extracting(Group::lastSequence).containsExactly(2L, 3L, 5L, 6L);
        assertThat(groups).extracting(Group::recordedAt).containsOnly(EARLY);
    }

    @Test
    void dropsWhatItHasSeen_alsoInTheMiddleOfAGroup() {
        // Given
        LogMessage first = renamed(1, "2025-07-01", 0, 2, null);
        LogMessage second = renamed(2, "2025-07-01", 1, 2, null);

        // Then
        assertThat(assembler.accept(first, EARLY)).isEmpty();
        assertThat(assembler.accept(first, EARLY)).isEmpty();
        assertThat(assembler.accept(second, EARLY)).isPresent();
        assertThat(assembler.accept(first, EARLY)).isEmpty();
        assertThat(assembler.accept(second, EARLY)).isEmpty();
    }

    @Test
    void stops_whenAMessageIsMissing_whateverItsKind() {
        assertThatThrownBy(() -> assembler.accept(notice(2), EARLY)).isInstanceOf(IllegalStateException.class);
        assembler.accept(notice(1), EARLY);
        assertThatThrownBy(() -> assembler.accept(renamed(3, "2025-07-01", 0, 1, null), EARLY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Expected message 2");
    }

    @Test
    void stops_whenAGroupBeginsBeforeTheOneBeforeItIsComplete() {
        // Given
        assembler.accept(renamed(1, "2025-07-01", 0, 2, null), EARLY);

        // Then
        assertThatThrownBy(() -> assembler.accept(notice(2), EARLY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> assembler.accept(renamed(2, "2025-07-02", 1, 2, null), EARLY))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> assembler.accept(renamed(2, "2025-07-01", 1, 2, true), EARLY))
                .isInstanceOf(IllegalStateException.class);
        assertThat(assembler.accept(renamed(2, "2025-07-01", 1, 2, null), EARLY))
                .isPresent();
    }

    @Test
    void refusesARetraction_thatStrikesNothingOrStandsOutsideACorrection() {
        assertThatThrownBy(() -> assembler.accept(retracted(1, 0, 1, null), EARLY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        assembler.accept(new UnitChangeData.Retraction(data(1, "2025-07-01", 0, 1, null, 1L)), EARLY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assembler.accept(
                        new UnitChangeData.Typed(UnitEvent.Kind.RENAMED, data(1, "2025-07-01", 0, 1, true, 1L)), EARLY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesATypeItDoesNotKnow() {
        assertThatThrownBy(() -> LogMessage.Shape.ofType("vn.dvhc.unit.twinned"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogMessage.Shape.ofType("vn.dvhc.unit-decision.twinned"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LogMessage notice(long sequence) {
        return DecisionNoticeData.withdrawn(
                new Decision(new DecisionId("later"), LocalDate.of(2027, 1, 1), "Sau này", List.of()), sequence);
    }

    private static LogMessage renamed(
            long sequence, String enactment, int index, int count, @Nullable Boolean correction) {
        return new UnitChangeData.Typed(
                UnitEvent.Kind.RENAMED, data(sequence, enactment, index, count, correction, null));
    }

    private static LogMessage retracted(long sequence, int index, int count, @Nullable Long struck) {
        return new UnitChangeData.Retraction(data(sequence, "2025-07-01", index, count, true, struck));
    }

    private static UnitChangeData data(
            long sequence,
            String enactment,
            int index,
            int count,
            @Nullable Boolean correction,
            @Nullable Long retracts) {
        return new UnitChangeData(
                sequence,
                enactment,
                index,
                count,
                "test",
                "00004@2025-07-01",
                "commune",
                "00004",
                "phường",
                "Ba Đình",
                "01@2004-08-31",
                List.of(),
                List.of(),
                null,
                null,
                correction,
                retracts,
                null);
    }
}
