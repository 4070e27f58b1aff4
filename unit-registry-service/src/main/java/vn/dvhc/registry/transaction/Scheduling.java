package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.time.BusinessClock;

/** Gives an approved decision its place among those of its date. The caller holds the lock of decisions. */
@Singleton
class Scheduling {

    private final DecisionStore decisions;
    private final BusinessClock clock;

    Scheduling(DecisionStore decisions, BusinessClock clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    Uni<Life.Scheduled> place(
            Mutiny.StatelessSession session, Life.Approved approved, String by, @Nullable String reason) {
        return decisions
                .nextPosition(session, approved.recorded().decision().effectiveDate())
                .map(position -> approved.scheduled(by, clock.instant(), reason, position));
    }
}
