package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Evidence;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.unit.UnitId;

/**
 * What persons decide of records that wait: re-coded where they live, in the caller's transaction there, which has to be an
 * ordinary session so that the copies follow. The records are locked in order of key and read anew, so two persons never decide
 * one.
 */
public final class ClerkDecisions {

    private static final List<String> COLUMNS = List.of(
            "record_key", "from_unit", "to_unit", "from_code", "from_vintage", "to_code", "to_vintage", "content_hash");

    private static final String KEEP = "INSERT INTO sync.queue_assignment (dataset, " + String.join(", ", COLUMNS)
            + ", enactment, candidates, locality, since, held, assignment, assigned_by, reason)"
            + " SELECT p.dataset, v.record_key, v.from_unit, v.to_unit, v.from_code, v.from_vintage::date, v.to_code,"
            + " v.to_vintage::date, v.content_hash::bigint, q.enactment, q.candidates, q.locality, q.since, q.held, p.assignment,"
            + " p.who, p.reason FROM "
            + Rows.unnest("v", COLUMNS)
            + ", (SELECT ?::text AS dataset, ?::text AS assignment, ?::text AS who, ?::text AS reason) p,"
            + " sync.queued_record q WHERE q.dataset = p.dataset AND q.record_key = v.record_key";

    private static final String STANDING =
            "SELECT DISTINCT ON (record_key) id, record_key, to_unit, from_code, from_vintage::text, to_code,"
                    + " to_vintage::text, content_hash FROM sync.queue_assignment WHERE dataset = ? AND undone_at IS NULL"
                    + " AND record_key = ANY (?::text[]) ORDER BY record_key, id DESC";

    private static final String REQUEUE =
            "WITH taken AS (UPDATE sync.queue_assignment SET undone_at = clock_timestamp(), undone_by = ?, undo_reason = ?"
                    + " WHERE id = ANY (?::text[]::bigint[]) RETURNING *)"
                    + " INSERT INTO sync.queued_record (dataset, record_key, unit_id, candidates, locality, enactment, since,"
                    + " held) SELECT dataset, record_key, from_unit, candidates, locality, enactment, since, held FROM taken"
                    + " ON CONFLICT (dataset, record_key) DO NOTHING";

    private final Connection connection;
    private final Dataset dataset;
    private final Decider decider;
    private final Decision decision;
    private final DatasetSql sql;

    public ClerkDecisions(Connection connection, Dataset dataset, Decider decider, Decision decision) {
        this.connection = connection;
        this.dataset = dataset;
        this.decider = decider;
        this.decision = decision;
        this.sql = new DatasetSql(dataset);
    }

    /**
     * A person's word.
     *
     * @param assignment id under which all records of one request are kept
     * @param rehearsal whether only to tell what would become of the records
     */
    public record Decision(String assignment, String who, String reason, boolean rehearsal) {}

    /** What is kept of a record that a person has decided. */
    private record Standing(
            long id,
            String key,
            String toUnit,
            String fromCode,
            String fromVintage,
            String toCode,
            String toVintage,
            long contentHash) {

        static Standing read(ResultSet row) throws SQLException {
            return new Standing(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getLong(8));
        }
    }

    /**
     * Puts waiting records into a unit.
     *
     * @return why a record was not, in Vietnamese, by key; empty for those that were
     */
    public Map<String, Optional<String>> assign(List<String> keys, UnitId to) throws SQLException {
        Map<String, Optional<String>> answers = absent(keys);
        Map<String, Verdict> decided = new LinkedHashMap<>();
        Rows kept = new Rows(COLUMNS.size());
        List<Ledger.Entry> entries = new ArrayList<>();
        List<StoredRecord> records = lock(keys);
        Set<String> waiting = waiting(keys);
        for (StoredRecord stored : records) {
            Optional<Verdict> moved =
                    waiting.contains(stored.key()) ? decider.assigned(stored.unit(), to) : Optional.empty();
            answers.put(stored.key(), moved.isPresent() ? Optional.empty() : Optional.of(refusal(stored, waiting, to)));
            moved.ifPresent(verdict -> {
                decided.put(stored.key(), verdict);
                entries.add(new Ledger.Entry(stored.key(), stored.unit(), verdict, null, null, stored.hash()));
                kept.add(
                        stored.key(),
                        String.valueOf(verdict.from()),
                        to.toString(),
                        stored.unit().code(),
                        stored.unit().vintage(),
                        verdict.code(),
                        String.valueOf(verdict.vintage()),
                        String.valueOf(stored.hash()));
            });
        }
        if (!decided.isEmpty() && !decision.rehearsal()) {
            HandOver.recode(connection, dataset, entries);
            Statements.update(
                    connection, KEEP, kept, dataset.name(), decision.assignment(), decision.who(), decision.reason());
            Ledger.decide(connection, dataset, decided, Evidence.ofOwner());
        }
        return answers;
    }

    private Set<String> waiting(List<String> keys) throws SQLException {
        return Set.copyOf(Statements.query(
                connection,
                "SELECT record_key FROM sync.queued_record WHERE dataset = ? AND record_key = ANY (?::text[])",
                row -> row.getString(1),
                dataset.name(),
                keys));
    }

    private String refusal(StoredRecord stored, Set<String> waiting, UnitId to) {
        Verdict verdict = decider.decide(stored.unit());
        if (verdict.outcome() != Verdict.Outcome.KEPT && !waiting.contains(stored.key())) {
            return "Hồ sơ không chờ trong hàng đợi.";
        }
        return switch (verdict.outcome()) {
            case KEPT -> "Hồ sơ đã thuộc một đơn vị đang có hiệu lực.";
            case REJECTED -> String.valueOf(verdict.reason());
            case MOVED, QUEUED ->
                verdict.candidates().isEmpty()
                        ? "Chưa rõ đơn vị nào kế thừa đơn vị của hồ sơ nên chưa thể giao."
                        : to + " không nhận phần nào của đơn vị cũ; có thể chọn: "
                                + verdict.candidates().stream()
                                        .map(UnitId::toString)
                                        .collect(Collectors.joining(", "))
                                + ".";
        };
    }

    /**
     * Takes back what persons decided, of records that are as they were left.
     *
     * @return why it can't be, in Vietnamese, by key; empty for those that wait again
     */
    public Map<String, Optional<String>> undo(List<String> keys) throws SQLException {
        Map<String, Optional<String>> answers = absent(keys);
        Map<String, StoredRecord> present = lock(keys).stream()
                .collect(
                        Collectors.toMap(StoredRecord::key, stored -> stored, (one, other) -> one, LinkedHashMap::new));
        present.keySet().forEach(key -> answers.put(key, Optional.of("Không có ai giao hồ sơ này, hoặc đã thu hồi.")));
        Map<String, String> chosen = new LinkedHashMap<>();
        List<String> ended = new ArrayList<>();
        Rows former = new Rows(dataset.key().size() + 2);
        for (Standing standing :
                Statements.query(connection, STANDING, Standing::read, dataset.name(), List.copyOf(present.keySet()))) {
            StoredRecord stored = Objects.requireNonNull(present.get(standing.key()));
            Optional<String> change = change(standing, stored);
            answers.put(standing.key(), change);
            if (change.isEmpty()) {
                chosen.put(standing.key(), standing.toUnit());
                ended.add(String.valueOf(standing.id()));
                List<String> row = new ArrayList<>(List.of(dataset.keyParts(standing.key())));
                row.add(standing.fromCode());
                row.add(standing.fromVintage());
                former.add(row.toArray(new String[0]));
            }
        }
        if (!chosen.isEmpty() && !decision.rehearsal()) {
            Statements.query(connection, sql.recodeOwner(), HandOver::hash, former);
            Statements.update(connection, REQUEUE, decision.who(), decision.reason(), ended);
            Ledger.undecide(connection, dataset, chosen);
        }
        return answers;
    }

    private static Optional<String> change(Standing standing, StoredRecord stored) {
        if (!standing.toCode().equals(stored.unit().code())
                || !standing.toVintage().equals(stored.unit().vintage())) {
            return Optional.of("Hồ sơ đã chuyển sang đơn vị khác sau khi giao.");
        }
        return standing.contentHash() == stored.hash()
                ? Optional.empty()
                : Optional.of("Hồ sơ đã được sửa sau khi giao.");
    }

    /**
     * What a person decided stands though the record was written again under its old unit, by an owner who did not know of it: such
     * entries move as he decided.
     */
    static void stand(Connection connection, Dataset dataset, Decider decider, List<Ledger.Entry> entries)
            throws SQLException {
        List<String> undecided = entries.stream()
                .filter(entry -> entry.verdict().outcome() == Verdict.Outcome.QUEUED)
                .map(Ledger.Entry::key)
                .toList();
        if (undecided.isEmpty()) {
            return;
        }
        Map<String, UnitId> chosen = new HashMap<>();
        Statements.query(connection, STANDING, Standing::read, dataset.name(), undecided)
                .forEach(standing -> chosen.put(standing.key(), UnitId.parse(standing.toUnit())));
        entries.replaceAll(entry -> {
            UnitId unit = chosen.get(entry.key());
            return unit == null || entry.verdict().outcome() != Verdict.Outcome.QUEUED
                    ? entry
                    : decider.assigned(entry.unit(), unit).map(entry::with).orElse(entry);
        });
    }

    private List<StoredRecord> lock(List<String> keys) throws SQLException {
        return Statements.query(
                connection,
                sql.lockKeys(),
                row -> StoredRecord.read(dataset, row, 1),
                sql.keys(keys.stream().sorted().toList()));
    }

    private static Map<String, Optional<String>> absent(List<String> keys) {
        Map<String, Optional<String>> answers = new LinkedHashMap<>();
        keys.forEach(key -> answers.put(key, Optional.of("Hồ sơ không còn ở nơi lưu.")));
        return answers;
    }

    /** Who decided what of a record, the first first; at most 100. */
    public static List<Line> lines(Connection connection, String dataset, String key) throws SQLException {
        return Statements.query(
                connection,
                "SELECT assignment, to_unit, assigned_by, reason, assigned_at::text, undone_by, undo_reason, undone_at::text"
                        + " FROM sync.queue_assignment WHERE dataset = ? AND record_key = ? ORDER BY id LIMIT 100",
                row -> new Line(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)),
                dataset,
                key);
    }

    /** A decision about one record, and its taking back. */
    @Schema(name = "QueueDecision")
    public record Line(
            String assignment,
            String to,
            String who,
            String reason,
            String at,
            @Nullable String undoneBy,
            @Nullable String undoReason,
            @Nullable String undoneAt) {}
}
