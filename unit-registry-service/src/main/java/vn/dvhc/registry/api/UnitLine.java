package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Unit;

/**
 * A unit in a report.
 *
 * @param unitId code at birth and date of birth
 * @param code the code it bears in the state that is told
 * @param parent unit id of the unit above; absent for a province
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnitLine(
        String unitId,
        String code,
        String level,
        String type,
        String name,
        String fullName,
        @Nullable String parent) {

    static UnitLine of(Unit unit) {
        return new UnitLine(
                unit.id().toString(),
                unit.code().value(),
                unit.level().label(),
                unit.type().label(),
                unit.name(),
                unit.fullName(),
                unit.parent() == null ? null : unit.parent().toString());
    }

    /**
     * The first of many units, by code.
     *
     * @param total how many there are
     */
    @Schema(name = "UnitExcerpt")
    public record Excerpt(int total, List<UnitLine> units) {

        static Excerpt of(List<Unit> units, int most) {
            return new Excerpt(
                    units.size(), units.stream().limit(most).map(UnitLine::of).toList());
        }
    }
}
