package vn.dvhc.registry.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.registry.unit.LocalityKind;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.unit.UnitId;

class AssignmentTransactionTest {

    private static final LocalityAssignment FIRST = assignment("Thôn 1", "00004@2025-07-01");
    private static final LocalityAssignment SECOND = assignment("Thôn 2", "00004@2025-07-01");

    @Test
    void knownAssignments_areLeftAlone() {
        var news = AssignmentTransaction.compare(
                List.of(FIRST), List.of(FIRST, SECOND, SECOND), AssignmentTransactionTest::place);

        assertThat(news.added()).containsExactly(SECOND);
        assertThat(news.outcome().added()).isEqualTo(1);
        assertThat(news.outcome().unchanged()).isEqualTo(2);
    }

    @Test
    void anotherSuccessor_isObjectedTo_andNothingIsAdded() {
        var news = AssignmentTransaction.compare(
                List.of(FIRST),
                List.of(SECOND, assignment("Thôn 1", "00008@2025-07-01")),
                AssignmentTransactionTest::place);

        assertThat(news.outcome().objections())
                .extracting(Objection::code)
                .containsExactly("LOCALITY_ASSIGNED_ELSEWHERE");
        assertThat(news.outcome().added()).isZero();
    }

    private static String place(int index) {
        return "line " + index;
    }

    private static LocalityAssignment assignment(String locality, String successor) {
        return new LocalityAssignment(
                LocalDate.of(2025, 7, 1),
                UnitId.parse("00016@2004-08-31"),
                locality,
                LocalityKind.HAMLET,
                UnitId.parse(successor));
    }
}
