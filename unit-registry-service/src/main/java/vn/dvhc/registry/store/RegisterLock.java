package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/** Locks over all replicas, held until the transaction ends. */
public enum RegisterLock {
    /** For whoever changes what is scheduled or in force, and so for whoever gives out sequence numbers. */
    DECISIONS(687_001L),
    /** For whoever assigns localities. */
    ASSIGNMENTS(687_002L);

    private final long key;

    RegisterLock(long key) {
        this.key = key;
    }

    /** The number of the advisory lock, as {@code pg_locks} shows it. */
    public long key() {
        return key;
    }

    /** Waits for the lock; at most one transaction has it. */
    public Uni<Void> take(Mutiny.StatelessSession session) {
        return session.createNativeQuery("SELECT 1 FROM pg_advisory_xact_lock(" + key + ")", Integer.class)
                .getSingleResult()
                .replaceWithVoid();
    }
}
