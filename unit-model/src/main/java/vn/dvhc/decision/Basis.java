package vn.dvhc.decision;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change rests on.
 *
 * @param acts the acts, empty where the catalogue names none
 * @param clause the place in the act, like {@code 3}; null where unknown
 * @param note a remark of the catalogue; null if there is none
 */
public record Basis(
        List<LegalAct> acts,
        @Nullable String clause,
        @Nullable String note) {

    public static final Basis NONE = new Basis(List.of(), null, null);

    public Basis {
        acts = List.copyOf(acts);
    }

    /** Acts of the given numbers, without clause or note. */
    public static Basis ofActs(String... numbers) {
        return new Basis(Arrays.stream(numbers).map(LegalAct::new).toList(), null, null);
    }

    public List<String> actNumbers() {
        return acts.stream().map(LegalAct::number).toList();
    }
}
