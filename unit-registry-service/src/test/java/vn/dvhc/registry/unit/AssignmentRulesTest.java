package vn.dvhc.registry.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

class AssignmentRulesTest {

    private static final Timeline REFORMED = Catalogues.until(Catalogue.REFORM);
    /** Phường Cống Vị, Hà Nội: went to three wards. */
    private static final UnitId SPLIT = UnitId.parse("00016@2004-08-31");

    @Test
    void assignmentToASuccessor_fits() {
        UnitId successor = REFORMED.edgesFrom(SPLIT).get(0).edge().to();

        assertThat(AssignmentRules.objections(REFORMED, List.of(assignment(SPLIT, successor)), i -> "line " + i))
                .isEmpty();
    }

    @Test
    void everyMisfit_isToldWithItsPlace() {
        UnitId whole = REFORMED.histories()
                .map(vn.dvhc.timeline.UnitHistory::id)
                .filter(id -> REFORMED.edgesFrom(id).size() == 1
                        && REFORMED.edgesFrom(id).get(0).date().equals(Catalogue.REFORM)
                        && REFORMED.edgesFrom(id).get(0).edge().extent() == vn.dvhc.decision.Extent.FULL)
                .sorted()
                .findFirst()
                .orElseThrow();
        UnitId stranger = UnitId.parse("31105@2025-07-01");

        List<Objection> objections = AssignmentRules.objections(
                REFORMED,
                List.of(
                        assignment(SPLIT, stranger),
                        assignment(UnitId.parse("99999@2004-08-31"), stranger),
                        assignment(
                                whole, REFORMED.edgesFrom(whole).get(0).edge().to())),
                i -> "assignments[" + i + "]");

        assertThat(objections)
                .extracting(Objection::subject, Objection::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("assignments[0]", "NOT_A_SUCCESSOR"),
                        org.assertj.core.groups.Tuple.tuple("assignments[1]", "UNIT_UNKNOWN"),
                        org.assertj.core.groups.Tuple.tuple("assignments[2]", "UNIT_NOT_SPLIT"));
    }

    private static LocalityAssignment assignment(UnitId unit, UnitId successor) {
        return new LocalityAssignment(Catalogue.REFORM, unit, "Tổ 1", LocalityKind.HAMLET, successor);
    }
}
