package vn.dvhc.sync.reconcile;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.sync.units.UnitKnowledge;

/**
 * Under which line of a comparison a record counts: that of its unit of the present, so that a record re-coded at one end and not yet
 * at the other is the same.
 */
final class PresentUnits {

    /** The line of records whose unit can't be read: the stream refuses them, so that a copy lacks them rightly. */
    static final String UNREADABLE = "unreadable";

    private final boolean recoded;
    private final Decider decider;

    /** @param today the business date */
    PresentUnits(Dataset dataset, UnitKnowledge.State state, LocalDate today) {
        this.recoded = dataset.isRecoded();
        this.decider = state.present(dataset, today);
    }

    /** The unit's id; the code as it is for datasets that are not re-coded. */
    String line(@Nullable String code, @Nullable String vintage, List<String> localities) {
        Verdict verdict = decider.decide(new RecordUnit(code, vintage, localities));
        if (verdict.outcome() == Verdict.Outcome.REJECTED) {
            return UNREADABLE;
        }
        if (!recoded) {
            return String.valueOf(code);
        }
        return String.valueOf(verdict.to() == null ? verdict.from() : verdict.to());
    }
}
