package vn.dvhc.registry.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.unit.Objection;

class RecordedDecisionTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 6, 30);
    private static final Instant NOW = Instant.parse("2025-06-30T03:00:00Z");
    private static final Decision TOMORROW = new Decision(new DecisionId("test"), TODAY.plusDays(1), "Thử", List.of());

    private final RecordedDecision draft = RecordedDecision.draft(TOMORROW, new Step("an", NOW));

    @Test
    void secondPerson_mayApprove() {
        assertThat(draft.objectionsToApproval("binh", TODAY)).isEmpty();

        RecordedDecision scheduled = draft.scheduled(new Step("binh", NOW), 3);

        assertThat(scheduled.state()).isEqualTo(State.SCHEDULED);
        assertThat(scheduled.position()).isEqualTo(3);
        assertThat(scheduled.recorded()).isEqualTo(draft.recorded());
    }

    @Test
    void everythingAgainstAnApproval_isTold() {
        RecordedDecision scheduled = draft.scheduled(new Step("binh", NOW), 3);

        assertThat(scheduled.objectionsToApproval("an", TODAY.plusDays(1)))
                .extracting(Objection::code)
                .containsExactlyInAnyOrder("DATE_NOT_IN_FUTURE", "NOT_A_DRAFT", "SECOND_PERSON_REQUIRED");
    }

    @Test
    void decisionOfToday_isTooLate() {
        Decision today = new Decision(new DecisionId("test"), TODAY, "Thử", List.of());

        assertThat(RecordedDecision.objectionsToDate(today, TODAY)).hasSize(1);
        assertThat(RecordedDecision.objectionsToDate(TOMORROW, TODAY)).isEmpty();
    }
}
