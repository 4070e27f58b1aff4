package vn.dvhc.sync.apply;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;

/**
 * Where a change goes.
 *
 * @param home the new home it is rebased into; null unless it comes from a former home
 * @param copies the databases that hold copies, unless it is refused or rebased
 */
record Route(Kind kind, Verdict verdict, @Nullable Source home, List<Source> copies) {

    /** The three ways. */
    enum Kind {
        /** Its unit can't be read: to the dead letters. */
        REFUSED,
        REBASED,
        COPIED
    }

    static Route of(Plan plan, Homes homes, Decider decider, Change change) {
        Verdict verdict = decider.decide(change.unit());
        if (verdict.outcome() == Verdict.Outcome.REJECTED && !change.deleted()) {
            return new Route(Kind.REFUSED, verdict, null, List.of());
        }
        Optional<Source> home = homes.newHome(change.source())
                .filter(source ->
                        change.dataset().isRecoded() && plan.ownedBy(source).contains(change.dataset()));
        return home.isPresent()
                ? new Route(Kind.REBASED, verdict, home.get(), List.of())
                : new Route(Kind.COPIED, verdict, null, plan.copiesOf(change.source(), change.dataset()));
    }

    /** Whether the record needs no decision any more. */
    boolean isSettled(Change change) {
        return change.deleted() || verdict.outcome() == Verdict.Outcome.KEPT;
    }
}
