package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.outbox.OutboxMessage;
import vn.dvhc.registry.unit.GroupRecord;

/**
 * The tables {@code log_group} and {@code outbox}. The numbers of messages are given out under {@link
 * RegisterLock#DECISIONS}, so that they have no gap and stand in the outbox in their order.
 */
@Singleton
public class LogStore {

    private static final UnnestStatement<OutboxMessage> PUBLISH = new UnnestStatement<>(
            "INSERT INTO outbox (id, aggregate_id, topic, payload) SELECT CAST(c0 AS uuid), c1, c2, c3 FROM "
                    + UnnestStatement.ROWS,
            message -> message.id().toString(),
            OutboxMessage::aggregateId,
            OutboxMessage::topic,
            OutboxMessage::payload);

    /** Writes a group with its messages down; the outbox keeps their order. */
    public Uni<Void> append(
            Mutiny.StatelessSession session, int batchSize, GroupRecord group, List<OutboxMessage> messages) {
        return session.insert(LogGroupRow.of(group)).chain(() -> publish(session, batchSize, messages));
    }

    /** Writes messages of other topics. */
    public Uni<Void> publish(Mutiny.StatelessSession session, int batchSize, List<OutboxMessage> messages) {
        return OffLoop.compute(() -> PUBLISH.rows(messages)).chain(rows -> PUBLISH.execute(session, batchSize, rows));
    }

    /** The position of the last group; 0 before the first. */
    public Uni<Long> position(Mutiny.StatelessSession session) {
        return session.createSelectionQuery("select coalesce(max(position), 0) from LogGroupRow", Long.class)
                .getSingleResult();
    }

    /** The groups behind a position, in order. */
    public Uni<List<GroupRecord>> after(Mutiny.StatelessSession session, long position) {
        return session.createSelectionQuery(
                        "from LogGroupRow where position > :position order by position", LogGroupRow.class)
                .setParameter("position", position)
                .getResultList()
                .map(LogStore::toRecords);
    }

    /** Days and corrections, the latest first. */
    public Uni<List<GroupRecord>> latestEnactments(Mutiny.StatelessSession session, int limit) {
        return session.createSelectionQuery(
                        "from LogGroupRow where kind in ('day', 'correction') order by position desc",
                        LogGroupRow.class)
                .setMaxResults(limit)
                .getResultList()
                .map(LogStore::toRecords);
    }

    public Uni<Optional<GroupRecord>> findDay(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery("from LogGroupRow where date = :date and kind = 'day'", LogGroupRow.class)
                .setParameter("date", date)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(LogGroupRow::toRecord));
    }

    /** What has mended a day, in order. */
    public Uni<List<DecisionId>> corrections(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery(
                        "select decisionId from LogGroupRow where date = :date and kind = 'correction' order by position",
                        String.class)
                .setParameter("date", date)
                .getResultList()
                .map(ids -> ids.stream().map(DecisionId::new).toList());
    }

    private static List<GroupRecord> toRecords(List<LogGroupRow> rows) {
        return rows.stream().map(LogGroupRow::toRecord).toList();
    }
}
