package vn.dvhc.registry.store;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.LegalAct;

/** Lists as columns of type {@code text[]}. */
final class Texts {

    private Texts() {}

    static String[] actNumbers(List<LegalAct> acts) {
        return acts.stream().map(LegalAct::number).toArray(String[]::new);
    }

    /** A list as PostgreSQL writes one down: {@code {"a","b"}}. */
    static String array(String[] values) {
        return Arrays.stream(values)
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    static @Nullable String orNull(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
