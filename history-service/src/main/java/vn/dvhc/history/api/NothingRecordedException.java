package vn.dvhc.history.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A question about a moment by which nothing was recorded; becomes a problem with status 404. */
final class NothingRecordedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant first;

    /** @param first when anything was recorded first; null if nothing was yet */
    NothingRecordedException(@Nullable Instant first) {
        super("Nothing was recorded by then");
        this.first = first;
    }

    @Nullable
    Instant first() {
        return first;
    }
}
