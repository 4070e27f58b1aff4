package vn.dvhc.history.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.rebase.Rebased;
import vn.dvhc.unit.Unit;

/**
 * Figures on the units of the other date.
 *
 * @param sequence last message of the log that the answer rests on
 * @param conservation null for ratios
 */
@Schema(name = "Rebased")
record RebaseJson(
        LocalDate from,
        LocalDate to,
        String level,
        String kind,
        String by,
        long sequence,
        List<ValueJson> values,
        List<UnplacedJson> unplaced,
        List<RejectedJson> rejected,
        @Nullable ConservationJson conservation) {

    /**
     * The figure of a unit.
     *
     * @param certainty exact (it follows from what was given), bounded (it lies between the bounds), assumed (it does if each part
     *     was like its whole)
     * @param value null unless exact
     * @param contributors how many figures given went in
     * @param missing codes of units that lie in it too and had no figure
     */
    @Schema(name = "RebasedValue")
    record ValueJson(
            String unitId,
            String code,
            String level,
            String fullName,
            String certainty,
            @Nullable BigDecimal value,
            BigDecimal lower,
            BigDecimal upper,
            int contributors,
            List<String> missing) {

        static ValueJson of(Rebased.Value value) {
            Unit unit = value.unit();
            return new ValueJson(
                    unit.id().toString(),
                    unit.code().value(),
                    unit.level().label(),
                    unit.fullName(),
                    value.certainty().label(),
                    value.value(),
                    value.lower(),
                    value.upper(),
                    value.contributors(),
                    value.missing());
        }
    }

    /** A figure of a unit that nothing is known beyond; status as in the crosswalk: ended or open. */
    @Schema(name = "UnplacedValue")
    record UnplacedJson(String unitId, String code, String fullName, BigDecimal value, String status) {

        static UnplacedJson of(Rebased.Unplaced unplaced) {
            Unit unit = unplaced.unit();
            return new UnplacedJson(
                    unit.id().toString(),
                    unit.code().value(),
                    unit.fullName(),
                    unplaced.value(),
                    unplaced.status().label());
        }
    }

    /**
     * A figure that could not be taken.
     *
     * @param index its place in the call, from 0
     * @param detail the reason for people
     */
    @Schema(name = "RejectedValue")
    record RejectedJson(int index, String code, String reason, String detail) {

        static RejectedJson of(Rebased.Rejected rejected) {
            return new RejectedJson(
                    rejected.index(),
                    rejected.figure().code(),
                    rejected.reason().label(),
                    Texts.rejected(rejected.reason()));
        }
    }

    /** {@code given = exact + divided + unplaced + rejected}. */
    @Schema(name = "Conservation")
    record ConservationJson(
            BigDecimal given, BigDecimal exact, BigDecimal divided, BigDecimal unplaced, BigDecimal rejected) {

        static @Nullable ConservationJson of(Rebased.@Nullable Conservation sum) {
            return sum == null
                    ? null
                    : new ConservationJson(sum.given(), sum.exact(), sum.divided(), sum.unplaced(), sum.rejected());
        }
    }

    static RebaseJson of(RebaseRequest request, long sequence, Rebased rebased) {
        return new RebaseJson(
                request.from(),
                request.to(),
                request.level().label(),
                request.kindLabel(),
                request.byProvince() ? "province" : "unit",
                sequence,
                rebased.values().stream().map(ValueJson::of).toList(),
                rebased.unplaced().stream().map(UnplacedJson::of).toList(),
                rebased.rejected().stream().map(RejectedJson::of).toList(),
                ConservationJson.of(rebased.conservation()));
    }
}
