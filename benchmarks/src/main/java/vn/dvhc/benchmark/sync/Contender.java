package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A way for rows to get from commune databases to a copy. One at a time joins; nothing of it runs after it has left. */
interface Contender {

    String name();

    /** Captures these sources from now on; what is in them is copied too. */
    void join(List<SourceDatabase> sources) throws IOException, SQLException, InterruptedException;

    void leave() throws IOException, SQLException, InterruptedException;

    /** Stops capturing for a while: what is written meanwhile piles up in the sources' logs. */
    void hold() throws IOException, SQLException, InterruptedException;

    /** Goes on where it stopped. */
    void release() throws IOException, SQLException, InterruptedException;

    Arrival arrival() throws SQLException;

    /** Where the copy is; empty if there is none. */
    Optional<Copy> copy();

    /** Where in Kafka the changes are between capture and copy; empty if they take no such way. */
    List<String> topics();

    /** The JVM that applies changes, if one does. */
    OptionalLong applierPid();

    /** A table with the rows of all sources. */
    record Copy(String database, String table) {}
}
