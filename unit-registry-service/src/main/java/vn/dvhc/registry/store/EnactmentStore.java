package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.outbox.OutboxMessage;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.registry.unit.EnactmentRecord;

/** The tables a day is written to: {@code enactment}, {@code unit_state}, {@code edge} and {@code outbox}. */
@Singleton
public class EnactmentStore {

    /** The rows of a day, ready to be sent. */
    public static final class Rows {

        private final EnactmentRow enactment;
        private final Object[] opened;
        private final Object[] closed;
        private final Object[] edges;
        private final Object[] messages;

        private Rows(EnactmentRow enactment, Object[] opened, Object[] closed, Object[] edges, Object[] messages) {
            this.enactment = enactment;
            this.opened = opened;
            this.closed = closed;
            this.edges = edges;
            this.messages = messages;
        }

        /** Pure computing: may run anywhere. */
        public static Rows of(EnactmentRecord enactment, EnactedDay day, List<OutboxMessage> messages) {
            return new Rows(
                    toRow(enactment),
                    day.opened().stream().map(UnitStateRow::of).toArray(),
                    day.closed().stream().map(UnitStateRow::of).toArray(),
                    day.edges().stream()
                            .map(edge -> EdgeRow.of(day.date(), edge))
                            .toArray(),
                    messages.stream().map(OutboxRow::of).toArray());
        }
    }

    /** Writes a day: states that end are updated, everything else is new. The outbox keeps the order of the messages. */
    public Uni<Void> write(Mutiny.StatelessSession session, int batchSize, Rows rows) {
        return session.insert(rows.enactment)
                .chain(() -> session.updateAll(batchSize, rows.closed))
                .chain(() -> session.insertAll(batchSize, rows.opened))
                .chain(() -> session.insertAll(batchSize, rows.edges))
                .chain(() -> session.insertAll(batchSize, rows.messages));
    }

    /** Writes messages that belong to no day. */
    public Uni<Void> publish(Mutiny.StatelessSession session, int batchSize, List<OutboxMessage> messages) {
        return session.insertAll(batchSize, messages.stream().map(OutboxRow::of).toArray());
    }

    /** The latest days first. */
    public Uni<List<EnactmentRecord>> latest(Mutiny.StatelessSession session, int limit) {
        return session.createSelectionQuery("from EnactmentRow order by date desc", EnactmentRow.class)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream().map(EnactmentStore::toRecord).toList());
    }

    public Uni<Optional<EnactmentRecord>> find(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery("from EnactmentRow where date = :date", EnactmentRow.class)
                .setParameter("date", date)
                .getSingleResultOrNull()
                .map(EnactmentStore::toOptional);
    }

    /** The latest day whose digest was stored. */
    public Uni<Optional<EnactmentRecord>> latestWithDigest(Mutiny.StatelessSession session) {
        return session.createSelectionQuery(
                        "from EnactmentRow where digest is not null order by date desc", EnactmentRow.class)
                .setMaxResults(1)
                .getSingleResultOrNull()
                .map(EnactmentStore::toOptional);
    }

    private static Optional<EnactmentRecord> toOptional(@Nullable EnactmentRow row) {
        return Optional.ofNullable(row).map(EnactmentStore::toRecord);
    }

    private static EnactmentRow toRow(EnactmentRecord enactment) {
        EnactmentRow row = new EnactmentRow();
        row.date = enactment.date();
        row.firstSequence = enactment.firstSequence();
        row.lastSequence = enactment.lastSequence();
        row.digest = enactment.digest();
        row.enactedAt = enactment.enactedAt();
        return row;
    }

    private static EnactmentRecord toRecord(EnactmentRow row) {
        return new EnactmentRecord(row.date, row.firstSequence, row.lastSequence, row.digest, row.enactedAt);
    }
}
