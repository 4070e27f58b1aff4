package vn.dvhc.sync;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
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

    /** The account with which changes are captured; given to the connectors. */
    Capture capture();

    Connect connect();

    Slots slots();

    /** How often the plan's file and the declarations made by API are looked at. */
    @WithDefault("2s")
    Duration planCheck();

    /** How often freshness and backlog are measured for the metrics. */
    @WithDefault("10s")
    Duration freshnessCheck();

    HandOver handover();

    Lanes lanes();

    RecordCounts recordCounts();

    Letters letters();

    Reconcile reconcile();

    Conflicts conflicts();

    Weights weights();

    Journal journal();

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

    /** Name and password; the password has no default. */
    interface Capture {
        @WithDefault("capture")
        String user();

        Optional<String> password();
    }

    /** Kafka Connect, which runs the connectors. */
    interface Connect {
        /** Such as {@code http://connect:8083}; without it connectors are somebody else's task. */
        Optional<URI> url();

        /** Kafka as the connectors reach it; where it is the same for both, it need not be set. */
        Optional<String> kafka();

        /**
         * How long a connector that has read nothing waits before it reads again. Each look costs: with many connectors on one worker,
         * 100 ms leave it idle while nothing happens.
         */
        @WithDefault("5ms")
        Duration poll();

        /** How often connectors are looked at. */
        @WithDefault("2s")
        Duration check();

        /** Before the first restart of a failed task; doubles with every further one. */
        @WithDefault("1s")
        Duration firstRestart();

        /** The longest time between two restarts. */
        @WithDefault("5m")
        Duration longestRestart();
    }

    /** The replication slots in the sources' databases. */
    interface Slots {
        /** How often they are measured. */
        @WithDefault("10s")
        Duration check();

        /** A slot that keeps more log than this though it is read is given something to read. */
        @WithDefault("16M")
        MemorySize nudgeAbove();

        /** A slot that keeps more log than this is warned about. */
        @WithDefault("1G")
        MemorySize warnAbove();
    }

    /** How records are handed over. */
    interface HandOver {
        /** Records a transaction; who writes one of them waits for its end, a tenth of a second or two. */
        @WithDefault("5000")
        @Min(1)
        @Max(20000)
        int batch();

        /** Datasets and homes handed over at the same time. */
        @WithDefault("4")
        @Min(1)
        @Max(64)
        int parallel();

        /** Stretches of one dataset that are handed over at the same time where it stays in place. */
        @WithDefault("2")
        @Min(1)
        @Max(16)
        int stretches();

        /** How often the ledgers are held against what was read, and looked at for manifests to be sealed. */
        @WithDefault("5s")
        Duration check();
    }

    /** The ways from sources to databases; see the package {@code lane}. */
    interface Lanes {
        /** How long a batch waits for a database other than the nation's before the stream goes on without it. */
        @WithDefault("5s")
        Duration patience();

        /** Lanes that catch up at the same time. */
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

    /** Messages that could not be applied. */
    interface Letters {
        /** A letter that was refused so often is not tried again unless it, its declarations or the units have changed. */
        @WithDefault("5")
        @Min(1)
        @Max(100)
        int maxAttempts();

        /** How often open ones are counted for the metrics. */
        @WithDefault("5s")
        Duration measure();
    }

    /** Comparing owners with copies. */
    interface Reconcile {
        /** Between two whole reconciliations; 0 for none but those asked for. */
        @WithDefault("6h")
        Duration every();

        /** Whether those repair what they find; else they only report. */
        @WithDefault("false")
        boolean repair();

        /** The most rows a second that one scan reads; two scans go on at the same time, one an end. */
        @WithDefault("1000000")
        @Min(100)
        @Max(100000000)
        int rowsPerSecond();

        /** Copies compared at the same time. */
        @WithDefault("1")
        @Min(1)
        @Max(8)
        int parallel();

        /** The longest wait for the stream before a difference is believed; what it has not brought then is late. */
        @WithDefault("2m")
        Duration streamWait();

        /** The longest wait for transactions that are open at an owner before a repair. */
        @WithDefault("30s")
        Duration oldTransactions();

        /** The longest that one statement may take. */
        @WithDefault("5m")
        Duration statementTimeout();

        /** Differences of a run that are listed one by one; all are counted. */
        @WithDefault("10000")
        @Min(0)
        @Max(1000000)
        int listed();

        /** Runs that are kept. */
        @WithDefault("50")
        @Min(1)
        @Max(10000)
        int keep();
    }

    /** Shares of records by which the divisions of units are weighed. */
    interface Weights {
        /** How often changed ones are counted anew and published. */
        @WithDefault("5s")
        Duration every();
    }

    /** Edits of the columns that datasets name for their journal. */
    interface Journal {
        /** How long a line is kept, in days after the edit. */
        @WithDefault("3650")
        @Min(1)
        @Max(36500)
        int days();

        /** How often older lines are taken away. */
        @WithDefault("1h")
        Duration check();
    }

    /** Writes to copies by others. */
    interface Conflicts {
        /** How often each database is looked at for them, and open conflicts are counted for the metrics. */
        @WithDefault("1s")
        Duration check();

        /** Writes taken up in one transaction. */
        @WithDefault("200")
        @Min(1)
        @Max(5000)
        int batch();
    }
}
