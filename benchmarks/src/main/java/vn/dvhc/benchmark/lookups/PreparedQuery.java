package vn.dvhc.benchmark.lookups;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import vn.dvhc.benchmark.Questions;

/** The same questions to the register's database: look-ups as a prepared query from eight connections, the crosswalk as a join. */
final class PreparedQuery {

    private static final String AS_OF = """
            SELECT s.unit_id, s.code, s.type, s.name, s.parent_id, s.valid_from, s.valid_to
            FROM unit_state s
            WHERE s.code = ? AND s.valid_from <= ? AND (s.valid_to IS NULL OR s.valid_to > ?)
            """;
    /** Every commune of the eve with what it became on the day. */
    private static final String CROSSWALK = """
            SELECT s.unit_id, s.code, s.name, e.extent, e.portion, e.confidence, e.legal_basis, e.clause,
                   t.unit_id, t.code, t.name
            FROM unit_state s
            LEFT JOIN edge e ON e.from_id = s.unit_id AND e.date > ? AND e.date <= ?
            JOIN unit_state t ON t.unit_id = coalesce(e.to_id, s.unit_id)
                AND t.valid_from <= ? AND (t.valid_to IS NULL OR t.valid_to > ?)
            WHERE s.level = 'commune' AND s.valid_from <= ? AND (s.valid_to IS NULL OR s.valid_to > ?)
            ORDER BY s.code, t.code
            """;

    private static final int CONNECTIONS = 8;

    /** Opens a connection to the register's database. */
    interface Connections {
        Connection open() throws SQLException;
    }

    private final Connections connections;
    private final List<Questions.AsOf> questions;

    PreparedQuery(Connections connections, List<Questions.AsOf> questions) {
        this.connections = connections;
        this.questions = questions;
    }

    /** Answers a second. */
    double run(Duration time) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long begun = System.nanoTime();
            long end = begun + time.toNanos();
            Callable<Long> asking = () -> ask(end);
            long count = 0;
            for (Future<Long> one : threads.invokeAll(java.util.Collections.nCopies(CONNECTIONS, asking))) {
                count += one.get();
            }
            return count / ((System.nanoTime() - begun) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }

    private long ask(long end) throws SQLException {
        long count = 0;
        try (Connection connection = connections.open();
                PreparedStatement query = connection.prepareStatement(AS_OF)) {
            while (System.nanoTime() - end < 0) {
                Questions.AsOf question = questions.get((int) (count % questions.size()));
                query.setString(1, question.code());
                query.setObject(2, question.at());
                query.setObject(3, question.at());
                try (ResultSet rows = query.executeQuery()) {
                    if (!rows.next()) {
                        throw new IllegalStateException("The register does not know " + question);
                    }
                }
                count++;
            }
        }
        return count;
    }

    /** Milliseconds of a plain join of the same tables: the edges of one day, every row read; the best of five. */
    double crosswalk(LocalDate from, LocalDate to) throws SQLException {
        try (Connection connection = connections.open();
                PreparedStatement query = connection.prepareStatement(CROSSWALK)) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long begun = System.nanoTime();
                query.setObject(1, from);
                query.setObject(2, to);
                query.setObject(3, to);
                query.setObject(4, to);
                query.setObject(5, from);
                query.setObject(6, from);
                int count = 0;
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        count += rows.getString(2) == null ? 0 : 1;
                    }
                }
                if (count < 10_000) {
                    throw new IllegalStateException("The join brought only " + count + " rows");
                }
                best = Math.min(best, System.nanoTime() - begun);
            }
            return best / 1e6;
        }
    }
}
