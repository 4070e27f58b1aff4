package vn.dvhc.history;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Every setting of this service that is not Quarkus' own. */
@ConfigMapping(prefix = "dvhc.history")
public interface HistoryConfig {

    /** {@code local} for demonstrations and tests; anything else is production. */
    @WithDefault("production")
    String environment();

    /** A file that moves the business clock, shared by all services; only in environment {@code local}. */
    Optional<Path> clockFile();

    /** Answers a constant at {@code /v1/units/constant}, for benchmarks to compare with. */
    @WithDefault("false")
    boolean measuringStick();

    /** Limits of lists. */
    Page page();

    /** Long answers kept as they were rendered. */
    Rendered rendered();

    /** Limits of figures to re-base. */
    Rebase rebase();

    /** Limits of the log. */
    Changes changes();

    /** How much of the log one answer holds. */
    interface Changes {

        /** Messages in an answer if the caller names no limit. */
        @WithDefault("1000")
        int defaultLimit();

        /** The largest limit a caller may ask for. */
        @WithDefault("5000")
        int maxLimit();
    }

    /** Limits of drawings. */
    Lineage lineage();

    /** How much of the rendered answers is kept in memory. */
    interface Rendered {

        /** All of them together; a crosswalk of the country is about 6 MB, packed half a megabyte. */
        @WithDefault("16M")
        MemorySize maxSize();

        /** All answers about successors together; one is about 1.5 KB. */
        @WithDefault("12M")
        MemorySize maxSuccessors();

        /** All answers to plain searches together; one is some 5 KB. */
        @WithDefault("16M")
        MemorySize maxSearches();
    }

    /** How much one call may bring. */
    interface Rebase {

        /** Figures in a call. */
        @WithDefault("20000")
        int maxValues();
    }

    /** How much one drawing shows. */
    interface Lineage {

        /** Units in it; those nearest to the unit asked for are told. */
        @WithDefault("500")
        int maxUnits();
    }

    /** How much of a list one answer holds. */
    interface Page {

        /** Items in an answer if the caller names no limit. */
        @WithDefault("100")
        int defaultLimit();

        /** The largest limit a caller may ask for. */
        @WithDefault("1000")
        int maxLimit();
    }

    /** Limits of search. */
    Search search();

    /** How much may be typed and how much is found. */
    interface Search {

        /** The longest text, in characters. */
        @WithDefault("200")
        int maxLength();

        /** Hits in an answer if the caller names no limit. */
        @WithDefault("20")
        int defaultLimit();

        /** The largest limit a caller may ask for. */
        @WithDefault("100")
        int maxLimit();
    }

    /** Answers as the register stood at an earlier moment. */
    Past past();

    /** How the register's earlier states are kept. */
    interface Past {

        /** Timelines of earlier moments held in memory, some 5 MB each; those asked for last are kept. */
        @WithDefault("4")
        int kept();
    }

    /** Limits of conversions. */
    Convert convert();

    /** How much one call may convert. */
    interface Convert {

        /** Items in a JSON call; streams are limited by {@code quarkus.http.limits.max-body-size} alone. */
        @WithDefault("10000")
        int maxItems();

        /** Codes in a list whose date is guessed. */
        @WithDefault("100000")
        int maxCodes();

        /** Streams at once, each of which keeps a thread; more are answered 503. */
        @WithDefault("4")
        int maxStreams();
    }

    /** Larger bodies are refused before they are read, but for the streamed forms of convert. */
    @WithDefault("8M")
    MemorySize maxBodySize();

    /** Bodies of more than 64 KB that are read whole at once; more are answered 503. */
    @WithDefault("3")
    int maxLargeBodies();
}
