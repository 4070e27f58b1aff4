package vn.dvhc.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of this service; each is checked at start. */
@ConfigMapping(prefix = "dvhc.sync")
public interface SyncConfig {

    /** YAML file with sources and datasets; without it there is nothing to move. */
    Optional<Path> plan();

    /** Where the service runs: only {@code local} may set the clock. */
    @WithDefault("production")
    String environment();

    /** A shared clock file for rehearsals, see {@link vn.dvhc.time.BusinessClock}. */
    Optional<Path> clockFile();

    /** The account that reads owners' tables and writes copies and bookkeeping. */
    DatabaseAccount database();

    HandOver handover();

    RecordCounts recordCounts();

    /** Name and password; the password has no default. */
    interface DatabaseAccount {
        @WithDefault("sync")
        String user();

        Optional<String> password();

        /** Connections for ordinary sessions, each database. */
        @WithDefault("4")
        @Min(2)
        @Max(32)
        int ownerConnections();

        /** Connections that hold a replication origin, each database; origins are few in a cluster. */
        @WithDefault("2")
        @Min(1)
        @Max(8)
        int copyConnections();
    }

    /** How records are handed over. */
    interface HandOver {
        /** Records a transaction. */
        @WithDefault("2000")
        @Min(1)
        @Max(20000)
        int batch();

        /** Datasets and homes handed over at the same time. */
        @WithDefault("4")
        @Min(1)
        @Max(64)
        int parallel();
    }

    /** How much a question for numbers of records may cost. */
    interface RecordCounts {
        /** Lines of an answer. */
        @WithDefault("20000")
        @Min(1)
        @Max(100000)
        int limit();

        /** Each database answers a dataset within this time, or the question fails. */
        @WithDefault("20s")
        Duration timeout();
    }
}
