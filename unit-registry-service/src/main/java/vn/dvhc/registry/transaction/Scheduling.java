package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.transaction.RegisterTransaction.Done;
import vn.dvhc.registry.unit.PublishedNotice;
import vn.dvhc.registry.unit.RegisterState;

/** Gives an approved decision its place among those of its date, and tells everybody. The caller holds the lock of decisions. */
@Singleton
class Scheduling {

    private final DecisionStore decisions;
    private final Notices notices;

    Scheduling(DecisionStore decisions, Notices notices) {
        this.decisions = decisions;
        this.notices = notices;
    }

    Uni<Done<Life>> place(
            Mutiny.StatelessSession session,
            RegisterState before,
            Life.Approved approved,
            String by,
            Instant now,
            @Nullable String reason) {
        PublishedNotice notice =
                PublishedNotice.scheduled(before, approved.recorded().decision(), now);
        return decisions
                .nextPosition(session, approved.recorded().decision().effectiveDate())
                .map(position -> approved.scheduled(by, now, reason, position))
                .chain(scheduled -> notices.publish(session, notice, now).map(after -> new Done<>(scheduled, after)));
    }
}
