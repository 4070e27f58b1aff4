package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.outbox.CloudEvents;
import vn.dvhc.registry.outbox.OutboxMessage;
import vn.dvhc.registry.store.LogStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.store.UnitStore;
import vn.dvhc.registry.unit.EnactedCorrection;
import vn.dvhc.registry.unit.GroupRecord;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.timeline.Amendment;

/** Writes a correction down: its messages, and every unit that is another now. The caller holds the lock of decisions. */
@Singleton
class Correcting {

    private final LogStore log;
    private final UnitStore units;
    private final CloudEvents events;
    private final RegistryConfig config;

    Correcting(LogStore log, UnitStore units, CloudEvents events, RegistryConfig config) {
        this.log = log;
        this.units = units;
        this.events = events;
        this.config = config;
    }

    /** Answers the register with the correction in it. */
    Uni<RegisterState> write(Mutiny.StatelessSession session, Amendment.Accepted amendment, Instant now) {
        return OffLoop.compute(() -> prepare(EnactedCorrection.of(amendment), now))
                .chain(prepared -> units.write(session, config.batchSize(), prepared.rows())
                        .chain(() -> log.append(session, config.batchSize(), prepared.group(), prepared.messages()))
                        .replaceWith(prepared.after()));
    }

    private Prepared prepare(EnactedCorrection correction, Instant now) {
        return new Prepared(
                correction.state(),
                correction.toRecord(),
                UnitStore.Rows.of(correction),
                events.ofGroup(correction.messages(), now));
    }

    private record Prepared(
            RegisterState after, GroupRecord group, UnitStore.Rows rows, List<OutboxMessage> messages) {}
}
