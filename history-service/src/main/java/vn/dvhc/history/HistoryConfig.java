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

    /** Limits of lists. */
    Page page();

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

    /** Limits of conversions. */
    Convert convert();

    /** How much one call may convert. */
    interface Convert {

        /** Items in a JSON call; streams have no limit. */
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
}
