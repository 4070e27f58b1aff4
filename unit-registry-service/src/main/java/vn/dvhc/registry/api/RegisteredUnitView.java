package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;

/**
 * A unit as it stood on a date.
 *
 * @param validTo the first day on which this state no longer held; absent while it holds
 * @param legalBasis what brought this state about, as the decision names it
 * @param acts the same as registered acts; without id where the register can't tell which act is meant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegisteredUnitView(
        @Schema(examples = "00004@2025-07-01") String unitId,
        @Schema(examples = "00004") String code,

        @Schema(enumeration = {"province", "district", "commune"})
        String level,

        @Schema(examples = "phường") String type,
        @Schema(examples = "Ba Đình") String name,
        @Schema(examples = "Phường Ba Đình") String fullName,
        @Nullable Parent parent,
        @Schema(examples = "2025-07-01") String validFrom,
        @Nullable String validTo,
        List<String> legalBasis,
        List<ActView> acts) {

    /** The unit above it, as it stood on the same date. */
    public record Parent(String unitId, String code, String fullName) {

        static @Nullable Parent of(Unit child, LocalDate at, Timeline timeline) {
            if (child.parent() == null) {
                return null;
            }
            Unit parent =
                    timeline.find(child.parent()).flatMap(above -> above.at(at)).orElseThrow();
            return new Parent(parent.id().toString(), parent.code().value(), parent.fullName());
        }
    }

    static RegisteredUnitView of(Unit unit, LocalDate at, Timeline timeline, Map<String, List<Act>> registered) {
        List<String> references =
                unit.legalBasis().stream().map(LegalAct::number).toList();
        return new RegisteredUnitView(
                unit.id().toString(),
                unit.code().value(),
                unit.level().label(),
                unit.type().label(),
                unit.name(),
                unit.fullName(),
                Parent.of(unit, at, timeline),
                unit.validFrom().toString(),
                unit.validTo() == null ? null : unit.validTo().toString(),
                references,
                references.stream()
                        .map(ActDescription::ofReference)
                        .map(act -> told(act, registered.getOrDefault(act.number(), List.of())))
                        .toList());
    }

    private static ActView told(ActDescription named, Collection<Act> candidates) {
        List<Act> fitting = candidates.stream()
                .filter(act -> act.description().mayBe(named))
                .toList();
        return fitting.size() == 1 ? ActView.of(fitting.get(0)) : ActView.of(named);
    }

    /**
     * Units by code.
     *
     * @param at the date they stood on
     * @param knownAt the moment as of which the register is told; absent if it is told as it is
     * @param next is handed back as {@code after}, and absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            String at,
            @Nullable String knownAt,
            List<RegisteredUnitView> units,
            @Nullable String next) {}
}
