package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.DecisionStore.Version;

/**
 * Reads the decisions of tomorrow while it is still today: a reform's are megabytes of JSON, which nobody should wait for
 * under the lock at midnight. What was read counts only if the versions under the lock are still those.
 */
@Singleton
class DayAhead {

    private final DecisionStore decisions;

    private volatile @Nullable Read read;

    DayAhead(DecisionStore decisions) {
        this.decisions = decisions;
    }

    private record Read(LocalDate date, List<Version> versions, List<Decision> decisions) {

        boolean isOf(LocalDate day, List<Version> now) {
            return date.equals(day) && versions.equals(now);
        }
    }

    /** Reads the day unless it is read already. Takes no lock. */
    Uni<Void> readAhead(Mutiny.StatelessSession session, LocalDate date) {
        return decisions.scheduledVersions(session, date).chain(versions -> {
            Read known = read;
            if (known != null && known.isOf(date, versions)) {
                return Uni.createFrom().voidItem();
            }
            // Should a decision change between the two statements, then its version under the lock is another one.
            return decisions
                    .scheduledOn(session, date)
                    .invoke(ofDay -> read = new Read(date, versions, ofDay))
                    .replaceWithVoid();
        });
    }

    /** The scheduled decisions of a day, in order. The lock of decisions must be held. */
    Uni<List<Decision>> scheduledOn(Mutiny.StatelessSession session, LocalDate date) {
        Read known = read;
        if (known == null || !known.date().equals(date)) {
            return decisions.scheduledOn(session, date);
        }
        read = null;
        return decisions
                .scheduledVersions(session, date)
                .chain(versions -> known.isOf(date, versions)
                        ? Uni.createFrom().item(known.decisions())
                        : decisions.scheduledOn(session, date));
    }
}
