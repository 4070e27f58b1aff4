package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.comparison.Comparison;
import vn.dvhc.registry.comparison.Difference;
import vn.dvhc.registry.decision.ChangeDocument;

/**
 * A list beside the register.
 *
 * @param listed units in the list
 * @param registered units in force in the register on the date
 * @param total differences
 * @param kinds how many there are of each kind
 * @param differences by code; at most ten thousand
 * @param corrections what would bring the register to what the list says, one draft for each day to be mended: each can be
 *     posted as a decision as it is, once its legal basis is filled in
 */
public record ComparisonView(
        String at,
        int listed,
        int registered,
        int total,
        Map<String, Long> kinds,
        List<DifferenceView> differences,
        List<Correction> corrections) {

    private static final int MOST_DIFFERENCES = 10_000;

    /**
     * One difference.
     *
     * @param kind {@code missing}, {@code extra}, {@code code}, {@code name}, {@code spelling}, {@code type} or {@code
     *     parent}
     * @param code the unit's code in the register, or in the list if the register lacks it
     * @param unitId absent if the register lacks it
     * @param registered what the register says
     * @param listed what the list says
     * @param correctedOn the day that a correction has to mend
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DifferenceView(
            String kind,
            String code,
            @Nullable String unitId,
            @Nullable String registered,
            @Nullable String listed,
            String correctedOn) {

        static DifferenceView of(Difference difference) {
            return new DifferenceView(
                    difference.kind().label(),
                    difference.code().value(),
                    difference.unit() == null ? null : difference.unit().toString(),
                    difference.registered(),
                    difference.listed(),
                    difference.correctedOn().toString());
        }
    }

    /** A draft of a correction, in the form in which decisions are posted. */
    public record Correction(String title, String effectiveDate, String kind, List<DecisionView.ChangeView> changes) {

        static Correction of(LocalDate at, Map.Entry<LocalDate, List<UnitChange>> day) {
            return new Correction(
                    "Đính chính theo danh mục ngày " + at,
                    day.getKey().toString(),
                    "correction",
                    day.getValue().stream()
                            .map(ChangeDocument::of)
                            .map(DecisionView.ChangeView::of)
                            .toList());
        }
    }

    static ComparisonView of(Comparison comparison) {
        Map<String, Long> kinds = new TreeMap<>();
        comparison
                .differences()
                .forEach(difference -> kinds.merge(difference.kind().label(), 1L, Long::sum));
        return new ComparisonView(
                comparison.at().toString(),
                comparison.listed(),
                comparison.registered(),
                comparison.differences().size(),
                kinds,
                comparison.differences().stream()
                        .limit(MOST_DIFFERENCES)
                        .map(DifferenceView::of)
                        .toList(),
                comparison.corrections().entrySet().stream()
                        .map(day -> Correction.of(comparison.at(), day))
                        .toList());
    }
}
