package vn.dvhc.registry.rules;

import java.util.Set;
import vn.dvhc.decision.Decision;
import vn.dvhc.unit.UnitCode;

/**
 * A decision as it is put before the rules.
 *
 * @param endedOnPurpose units that end without successor because the act says so, by the code the decision ends them under
 * @param describedActs numbers of the acts the decision describes with issuer, dates and title
 */
public record Proposal(Decision decision, Kind kind, Set<UnitCode> endedOnPurpose, Set<String> describedActs) {

    /** What sort of decision it is; tells which dates it may have. */
    public enum Kind {
        /** Takes effect at a midnight to come. */
        REFORM,
        /** Mends a day that took effect. */
        CORRECTION,
        /** A recorded import of the national catalogue; of any date. */
        CATALOGUE
    }

    public Proposal {
        endedOnPurpose = Set.copyOf(endedOnPurpose);
        describedActs = Set.copyOf(describedActs);
    }
}
