package vn.dvhc.sync.manifest;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.seal.Link;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;

/**
 * The chain of versions, signatures and completed days in the national database. Each entry's hash is SHA-256 over the hash before it and everything
 * the entry holds; the hash of the last one stands in the audit trail, so that neither a change nor a cut at the end is hidden.
 */
final class Chain {

    /** What the first entry follows. */
    static final String BEGINNING = Link.BEGINNING;

    private static final int PAGE = 2_000;

    private static final List<String> COLUMNS = List.of(
            "place", "kind", "enactment", "manifest", "version", "side", "figures", "content", "previous", "hash");

    private static final String APPEND = "INSERT INTO sync.handover_entry (" + String.join(", ", COLUMNS)
            + ") SELECT place::bigint, kind, enactment::date, manifest, version::integer, side, figures, content, previous, hash"
            + " FROM " + Rows.unnest("v", COLUMNS);

    private static final Pattern HEAD = Pattern.compile("place=([0-9]+) hash=([0-9a-f]{64})");

    private Chain() {}

    /**
     * What is to be added.
     *
     * @param kind {@code manifest}, {@code signature} or {@code day}
     * @param manifest its id; empty for a day
     */
    record Draft(
            String kind,
            LocalDate enactment,
            String manifest,
            int version,
            String side,
            String figures,
            String content) {}

    /** An entry as it stands in the table. */
    record Entry(long place, Draft draft, String previous, String hash) {

        /** What its hash has to be. */
        String expected() {
            return Chain.hash(previous, place, draft);
        }
    }

    /**
     * What came of going through the chain.
     *
     * @param entries how many there are
     * @param head hash of the last one
     * @param intact whether every entry is as it was written, and none is missing
     * @param broken the first that is not; null if all are
     */
    @Schema(name = "ChainVerification")
    public record Verification(
            long entries,
            String head,
            boolean intact,
            @Nullable Broken broken) {}

    /** @param why in Vietnamese */
    @Schema(name = "BrokenEntry")
    public record Broken(
            long place,
            @Nullable LocalDate enactment,
            @Nullable String manifest,
            String why) {}

    /** Keeps everybody else from adding until the end of the transaction. */
    static void lock(Connection connection) throws SQLException {
        Statements.query(
                connection, "SELECT pg_advisory_xact_lock(hashtext('sync.handover_entry'))", row -> Boolean.TRUE);
    }

    /** Adds entries and a line in the audit trail; the chain is locked. */
    static void append(Connection connection, List<Draft> drafts, String who, String action, String subject)
            throws SQLException {
        Entry last = last(connection).orElse(null);
        long place = last == null ? 0 : last.place();
        String hash = last == null ? BEGINNING : last.hash();
        Rows rows = new Rows(COLUMNS.size());
        for (Draft draft : drafts) {
            place++;
            String previous = hash;
            hash = hash(previous, place, draft);
            rows.add(
                    Long.toString(place),
                    draft.kind(),
                    draft.enactment().toString(),
                    draft.manifest(),
                    Integer.toString(draft.version()),
                    draft.side(),
                    draft.figures(),
                    draft.content(),
                    previous,
                    hash);
        }
        Statements.update(connection, APPEND, rows);
        AuditTrail.write(
                connection,
                List.of(new AuditTrail.Deed(
                        who,
                        action,
                        subject,
                        null,
                        "done",
                        "entries=" + drafts.size() + " place=" + place + " hash=" + hash)));
    }

    private static Optional<Entry> last(Connection connection) throws SQLException {
        return Statements.query(connection, read("ORDER BY place DESC LIMIT 1"), Chain::entry).stream()
                .findFirst();
    }

    /** Goes through all entries and holds the last one against the audit trail. */
    static Verification verify(Connection connection) throws SQLException {
        long place = 0;
        String hash = BEGINNING;
        Optional<Recorded> recorded = recorded(connection);
        String atRecorded = null;
        List<Entry> page;
        do {
            page = Statements.query(
                    connection, read("WHERE place > ? ORDER BY place LIMIT ?"), Chain::entry, place, PAGE);
            for (Entry entry : page) {
                Optional<String> why = problem(entry, place, hash);
                if (why.isPresent()) {
                    return broken(place, hash, entry.place(), entry.draft(), why.get());
                }
                place = entry.place();
                hash = entry.hash();
                if (recorded.isPresent() && recorded.get().place() == place) {
                    atRecorded = hash;
                }
            }
        } while (page.size() == PAGE);
        if (recorded.isPresent() && !recorded.get().hash().equals(atRecorded)) {
            return broken(
                    place,
                    hash,
                    recorded.get().place(),
                    null,
                    "Nhật ký ghi mắt xích " + recorded.get().place() + " nhưng chuỗi không có hoặc có mắt xích khác.");
        }
        return new Verification(place, hash, true, null);
    }

    private static Optional<String> problem(Entry entry, long place, String hash) {
        if (entry.place() != place + 1) {
            return Optional.of("Thiếu mắt xích " + (place + 1) + ".");
        }
        if (!entry.previous().equals(hash)) {
            return Optional.of("Mắt xích không nối với mắt xích trước nó.");
        }
        return entry.expected().equals(entry.hash())
                ? Optional.empty()
                : Optional.of("Nội dung không khớp với mã băm: đã bị sửa sau khi niêm phong.");
    }

    private static Verification broken(long entries, String head, long place, @Nullable Draft draft, String why) {
        return new Verification(
                entries,
                head,
                false,
                new Broken(
                        place, draft == null ? null : draft.enactment(), draft == null ? null : draft.manifest(), why));
    }

    /** The head as the audit trail knows it. */
    private record Recorded(long place, String hash) {}

    private static Optional<Recorded> recorded(Connection connection) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT detail FROM sync.audit WHERE action IN ('manifest-seal', 'manifest-sign') ORDER BY id DESC LIMIT 1",
                        row -> row.getString(1))
                .stream()
                .map(HEAD::matcher)
                .filter(Matcher::find)
                .map(head -> new Recorded(Long.parseLong(head.group(1)), head.group(2)))
                .findFirst();
    }

    /** Of the hash before and everything an entry holds. */
    static String hash(String previous, long place, Draft draft) {
        return Link.hash(
                previous,
                place,
                List.of(
                        draft.kind(),
                        draft.enactment().toString(),
                        draft.manifest(),
                        Integer.toString(draft.version()),
                        draft.side(),
                        draft.figures(),
                        draft.content()));
    }

    /** A statement that reads entries. */
    static String read(String rest) {
        return "SELECT " + String.join(", ", COLUMNS) + " FROM sync.handover_entry " + rest;
    }

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                new Draft(
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getString(4),
                        row.getInt(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)),
                row.getString(9),
                row.getString(10));
    }
}
