package vn.dvhc.benchmark.sync;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Tells which rows can be seen at the end of a contender's way. */
interface Sightings extends AutoCloseable {

    /** Those of the keys that are there. */
    Set<String> found(List<String> keys) throws SQLException;

    @Override
    void close() throws SQLException;
}
