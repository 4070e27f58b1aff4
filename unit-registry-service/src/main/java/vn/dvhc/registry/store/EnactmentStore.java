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

    private static final UnnestStatement<UnitStateRow> OPEN = new UnnestStatement<>(
            "INSERT INTO unit_state (unit_id, valid_from, valid_to, code, level, type, name, parent_id, legal_basis)"
                    + " SELECT c0, CAST(c1 AS date), CAST(c2 AS date), c3, c4, c5, c6, c7, CAST(c8 AS text[]) FROM "
                    + UnnestStatement.ROWS,
            row -> row.unitId,
            row -> row.validFrom.toString(),
            row -> Texts.orNull(row.validTo),
            row -> row.code,
            row -> row.level,
            row -> row.type,
            row -> row.name,
            row -> row.parentId,
            row -> Texts.array(row.legalBasis));

    private static final UnnestStatement<UnitStateRow> CLOSE = new UnnestStatement<>(
            "UPDATE unit_state SET valid_to = CAST(c2 AS date) FROM " + UnnestStatement.ROWS
                    + " WHERE unit_id = c0 AND valid_from = CAST(c1 AS date)",
            row -> row.unitId,
            row -> row.validFrom.toString(),
            row -> Texts.orNull(row.validTo));

    private static final UnnestStatement<EdgeRow> PASS_ON = new UnnestStatement<>(
            "INSERT INTO edge (date, from_id, to_id, extent, portion, confidence, legal_basis, clause, note)"
                    + " SELECT CAST(c0 AS date), c1, c2, c3, c4, c5, CAST(c6 AS text[]), c7, c8 FROM "
                    + UnnestStatement.ROWS,
            row -> row.date.toString(),
            row -> row.fromId,
            row -> row.toId,
            row -> row.extent,
            row -> row.portion,
            row -> row.confidence,
            row -> Texts.array(row.legalBasis),
            row -> row.clause,
            row -> row.note);

    private static final UnnestStatement<OutboxMessage> PUBLISH = new UnnestStatement<>(
            "INSERT INTO outbox (id, aggregate_id, topic, payload) SELECT CAST(c0 AS uuid), c1, c2, c3 FROM "
                    + UnnestStatement.ROWS,
            message -> message.id().toString(),
            OutboxMessage::aggregateId,
            OutboxMessage::topic,
            OutboxMessage::payload);

    /** The states and edges of a day, ready to be sent. */
    public static final class Rows {

        private final UnnestStatement.Rows opened;
        private final UnnestStatement.Rows closed;
        private final UnnestStatement.Rows edges;

        private Rows(UnnestStatement.Rows opened, UnnestStatement.Rows closed, UnnestStatement.Rows edges) {
            this.opened = opened;
            this.closed = closed;
            this.edges = edges;
        }

        /** Pure computing: may run anywhere. */
        public static Rows of(EnactedDay day) {
            return new Rows(
                    OPEN.rows(day.opened().stream().map(UnitStateRow::of).toList()),
                    CLOSE.rows(day.closed().stream().map(UnitStateRow::of).toList()),
                    PASS_ON.rows(day.edges().stream()
                            .map(edge -> EdgeRow.of(day.date(), edge))
                            .toList()));
        }
    }

    /** Writes what a day changes: states that end are updated, everything else is new. */
    public Uni<Void> write(Mutiny.StatelessSession session, int batchSize, Rows rows) {
        return CLOSE.execute(session, batchSize, rows.closed)
                .chain(() -> OPEN.execute(session, batchSize, rows.opened))
                .chain(() -> PASS_ON.execute(session, batchSize, rows.edges));
    }

    /** Enters a day among those that took effect. */
    public Uni<Void> record(Mutiny.StatelessSession session, EnactmentRecord enactment) {
        return session.insert(toRow(enactment));
    }

    /** Puts messages into the outbox, which keeps their order. */
    public Uni<Void> publish(Mutiny.StatelessSession session, int batchSize, List<OutboxMessage> messages) {
        return OffLoop.compute(() -> PUBLISH.rows(messages)).chain(rows -> PUBLISH.execute(session, batchSize, rows));
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
