package vn.dvhc.demo.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.demo.store.Database;

/**
 * Measures how long the stream needs after a fault until it flows again: from the mending until a write that every source
 * acknowledged after it is in the national copy.
 */
final class Recovery {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Database national;
    private final WriteLog log;

    Recovery(Database national, WriteLog log) {
        this.national = national;
        this.log = log;
    }

    /**
     * @param seconds until the slowest source flowed; the limit if one never did
     * @param stuck sources that did not flow within the limit
     */
    record Took(double seconds, List<String> stuck) {}

    /** @param sources those that are not away for another reason; one that goes meanwhile is not waited for any more */
    Took await(Set<String> sources, long mendedAt, Duration limit) throws InterruptedException {
        Map<String, WriteLog.Mark> awaited = new HashMap<>();
        List<String> open = new ArrayList<>(sources);
        while (!open.isEmpty() && System.nanoTime() - mendedAt < limit.toNanos()) {
            open.removeIf(source -> !sources.contains(source) || isThere(awaited, source, mendedAt));
            if (!open.isEmpty()) {
                Thread.sleep(PAUSE.toMillis());
            }
        }
        return new Took(Math.round((System.nanoTime() - mendedAt) / 1e8) / 10.0, List.copyOf(open));
    }

    private boolean isThere(Map<String, WriteLog.Mark> awaited, String source, long mendedAt) {
        WriteLog.Mark mark = awaited.get(source);
        if (mark == null) {
            WriteLog.Mark latest = log.latest(source);
            if (latest == null || latest.nanos() < mendedAt) {
                return false;
            }
            awaited.put(source, latest);
            mark = latest;
        }
        try {
            long[] version = {-1};
            national.forEach(
                    "SELECT " + mark.record().dataset().status() + " FROM replica."
                            + mark.record().dataset().table() + " WHERE "
                            + mark.record().dataset().key() + " = '"
                            + mark.record().key() + "'",
                    row -> version[0] = WriteLog.version(row.text(1)));
            return version[0] >= mark.version();
        } catch (SQLException away) {
            return false;
        }
    }
}
