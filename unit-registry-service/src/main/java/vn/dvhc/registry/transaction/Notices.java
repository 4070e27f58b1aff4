package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.outbox.CloudEvents;
import vn.dvhc.registry.store.LogStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.PublishedNotice;
import vn.dvhc.registry.unit.RegisterState;

/** Writes word of a decision into the log. The caller holds the lock of decisions. */
@Singleton
class Notices {

    private final LogStore log;
    private final CloudEvents events;
    private final RegistryConfig config;

    Notices(LogStore log, CloudEvents events, RegistryConfig config) {
        this.log = log;
        this.events = events;
        this.config = config;
    }

    /** Answers the register with the notice in it. */
    Uni<RegisterState> publish(Mutiny.StatelessSession session, PublishedNotice notice, Instant now) {
        return OffLoop.compute(() -> events.ofGroup(notice.messages(), now))
                .chain(messages -> log.append(session, config.batchSize(), notice.toRecord(), messages))
                .replaceWith(notice.state());
    }
}
