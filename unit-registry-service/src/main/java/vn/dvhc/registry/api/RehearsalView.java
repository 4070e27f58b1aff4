package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.impact.RehearsedState;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/**
 * What the register would look like on the day of a decision.
 *
 * @param holds whether the register takes the day; if not, there is no state to be told
 * @param digest of the whole register after the day, as {@code GET /v1/digest} would give it
 * @param before units in force the day before, by level
 * @param after units in force on the day, by level
 * @param provinces those in which the decision changes something
 * @param units a page of all units of these provinces on the day, by code
 * @param next is handed back as {@code after}; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RehearsalView(
        String decision,
        String effectiveDate,
        boolean holds,
        List<Reason> findings,
        @Nullable String digest,
        @Nullable Map<String, Integer> before,
        @Nullable Map<String, Integer> after,
        @Nullable List<UnitLine> provinces,
        UnitLine.@Nullable Excerpt units,
        @Nullable String next) {

    static RehearsalView refused(String decision, String date, List<Finding> found) {
        return new RehearsalView(
                decision, date, false, FindingsView.reasons(found), null, null, null, null, null, null);
    }

    /**
     * @param from code behind which the page begins; null for the first page
     * @param size units on the page
     */
    static RehearsalView of(
            String decision, String date, List<Finding> found, RehearsedState state, @Nullable String from, int size) {
        List<Unit> left = state.units().stream()
                .filter(unit -> from == null || unit.code().value().compareTo(from) > 0)
                .toList();
        List<UnitLine> page = left.stream().limit(size).map(UnitLine::of).toList();
        return new RehearsalView(
                decision,
                date,
                true,
                FindingsView.reasons(found),
                state.digest(),
                labelled(state.before()),
                labelled(state.after()),
                state.provinces().stream().map(UnitLine::of).toList(),
                new UnitLine.Excerpt(state.units().size(), page),
                left.size() > size ? page.get(size - 1).code() : null);
    }

    private static Map<String, Integer> labelled(Map<Level, Integer> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
    }
}
