package vn.dvhc.benchmark.lookups;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same look-ups as a prepared query of the register's database, from as many connections as pgbench would use. */
final class PreparedQuery {

    private static final String AS_OF = """
            SELECT s.unit_id, s.code, s.type, s.name, s.parent_id, s.valid_from, s.valid_to
            FROM unit_state s
            WHERE s.code = ? AND s.valid_from <= ? AND (s.valid_to IS NULL OR s.valid_to > ?)
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
}
