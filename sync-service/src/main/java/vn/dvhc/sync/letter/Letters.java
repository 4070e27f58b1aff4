package vn.dvhc.sync.letter;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Plans;

/** Counts open letters, for those who tell what copies lack. Blocks: call it from a worker. */
@Singleton
public class Letters {

    private final Plans plans;
    private final Databases databases;

    @Inject
    Letters(Plans plans, Databases databases) {
        this.plans = plans;
        this.databases = databases;
    }

    /** Open letters by cause and source. */
    record Kind(String cause, String source) {}

    public long openCount() throws SQLException {
        return openByTopic().values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many messages of each topic wait as open letters. */
    public Map<String, Long> openByTopic() throws SQLException {
        return count("topic", row -> row.getString(1));
    }

    Map<Kind, Long> openByKind() throws SQLException {
        return count("cause, source", row -> new Kind(row.getString(1), row.getString(2)));
    }

    private <T> Map<T, Long> count(String by, Statements.RowReader<T> reader) throws SQLException {
        Map<T, Long> counts = new HashMap<>();
        if (plans.current().isPresent()) {
            List<Map.Entry<T, Long>> lines = databases.asOwner(
                    plans.current().orElseThrow().nation(),
                    connection -> Statements.query(
                            connection,
                            "SELECT " + by
                                    + ", count(*) AS letters FROM sync.dead_letter WHERE state = 'open' GROUP BY " + by,
                            row -> Map.entry(reader.read(row), row.getLong("letters"))));
            lines.forEach(line -> counts.put(line.getKey(), line.getValue()));
        }
        return counts;
    }
}
