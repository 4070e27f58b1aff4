package vn.dvhc.history;

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

    /** Answers as the register stood at an earlier moment. */
    Past past();

    /** How the register's earlier states are kept. */
    interface Past {

        /** Timelines of earlier moments held in memory, some 5 MB each; those asked for last are kept. */
        @WithDefault("4")
        int kept();
    }
}
