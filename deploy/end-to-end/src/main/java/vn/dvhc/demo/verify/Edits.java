package vn.dvhc.demo.verify;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.traffic.Clerk;
import vn.dvhc.demo.traffic.Journal;

/** The nation's memory of the edits of case files' handling steps, against what the clerks know that they did. */
public final class Edits {

    private static final String EDITS = "SELECT record_key, count(*) FILTER (WHERE kind = 'edited')::text,"
            + " (array_agg(after ->> 'status' ORDER BY committed_at DESC, position DESC) FILTER (WHERE after ->> 'status' IS NOT NULL))[1]"
            + " FROM sync.record_edit WHERE dataset = 'case_file'"
            + " AND NOT (source = '%s' AND transaction = ANY ('{%s}'::bigint[])) GROUP BY 1";

    /** What sync has carried into a home stands in that home's log too, and journeys leave it out. */
    private static final String CARRIED = "SELECT (transaction & 4294967295)::text FROM sync.carrying_transaction";

    private Edits() {}

    /**
     * What is kept of a record.
     *
     * @param edits how many
     * @param status the last; null if it was not edited
     */
    private record Kept(int edits, @Nullable String status) {}

    /**
     * Each edit is there once, wherever the record lived then, and the last one is what its clerk wrote last.
     *
     * @param heir the home that records were carried to
     */
    public static Check check(Database national, Database heir, Journal journal) throws SQLException {
        List<String> carried = new ArrayList<>();
        heir.forEach(CARRIED, row -> carried.add(row.text(1)));
        Map<String, Kept> kept = new HashMap<>();
        String query = String.format(EDITS, heir.name(), String.join(",", carried));
        national.forEach(
                query, row -> kept.put(row.text(1), new Kept(Integer.parseInt(row.text(2)), row.textOrNull(3))));
        List<String> wrong = new ArrayList<>();
        long[] edits = new long[1];
        journal.forEach((key, entry) -> {
            if (entry.record().dataset() != Dataset.CASE_FILE
                    || entry.record().unit().code().value().equals(Clerk.UNKNOWN_CODE)) {
                return;
            }
            int done = journal.steps(key);
            Kept said = kept.getOrDefault(key, new Kept(0, null));
            edits[0] += done;
            if (said.edits() != done) {
                wrong.add(key + ": " + said.edits() + " edits instead of " + done);
            } else if (said.status() != null
                    && !said.status().equals(entry.record().status())) {
                wrong.add(key + ": ends with " + said.status() + " instead of "
                        + entry.record().status());
            }
        });
        return Check.of("each edit of a case file's handling steps is in its journey once", wrong, edits[0] + " edits");
    }
}
