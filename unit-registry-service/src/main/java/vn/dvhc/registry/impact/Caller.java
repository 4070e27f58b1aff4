package vn.dvhc.registry.impact;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asked the gateway about codes lately.
 *
 * @param codes those of the codes in question that were asked for
 * @param examples some of the addresses that were called
 */
public record Caller(
        String caller,
        List<String> codes,
        long requests,
        @Nullable Instant lastSeen,
        List<String> examples) {
    public Caller {
        codes = List.copyOf(codes);
        examples = List.copyOf(examples);
    }
}
