package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Tells how far changes have come at the end of a contender's way. */
interface Arrival extends AutoCloseable {

    /** What has arrived until now does not count; so many changes follow. */
    void expect(long changes) throws SQLException;

    /** Whether the first of them is there. */
    boolean hasBegun(List<String> firstKeys) throws SQLException;

    /** Whether the last of every source is there; per source changes arrive in order. */
    boolean isComplete(List<String> lastKeys) throws SQLException;

    @Override
    void close() throws IOException, SQLException;
}
