package vn.dvhc.registry.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.unit.UnitCode;

/** Lists as columns of type {@code text[]}. */
final class Texts {

    private Texts() {}

    static String[] actNumbers(List<LegalAct> acts) {
        return acts.stream().map(LegalAct::number).toArray(String[]::new);
    }

    /** What a decision is found by: the numbers of its acts, and what its changes write for them. */
    static String[] actNumbers(Dossier dossier) {
        return Stream.concat(dossier.actNumbers().stream(), dossier.namedActs().stream())
                .distinct()
                .toArray(String[]::new);
    }

    static String[] codes(Collection<UnitCode> codes) {
        return codes.stream().map(UnitCode::value).toArray(String[]::new);
    }

    static SortedSet<UnitCode> codes(String[] codes) {
        return Arrays.stream(codes).map(UnitCode::of).collect(Collectors.toCollection(TreeSet::new));
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
