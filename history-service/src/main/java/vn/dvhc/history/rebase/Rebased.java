package vn.dvhc.history.rebase;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.lineage.Crossing;
import vn.dvhc.unit.Unit;

/**
 * Figures on the units of the other date, with all that could not be told.
 *
 * @param values by code
 * @param unplaced figures of units that nothing is known beyond
 * @param rejected what could not be read, in the order given
 * @param conservation null unless the figures were sums
 */
public record Rebased(
        List<Value> values,
        List<Unplaced> unplaced,
        List<Rejected> rejected,
        @Nullable Conservation conservation) {

    public Rebased {
        values = List.copyOf(values);
        unplaced = List.copyOf(unplaced);
        rejected = List.copyOf(rejected);
    }

    /** How a figure is to be taken. */
    public enum Certainty {
        /** It follows from the figures given. */
        EXACT,
        /** It lies between the bounds, whatever the parts were like. */
        BOUNDED,
        /** It lies between the bounds if each part was like its whole. */
        ASSUMED;

        /** The word used in contracts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The figure of one unit.
     *
     * @param value null unless exact
     * @param contributors how many units with a figure lie in it, wholly or in part
     * @param missing codes of units that lie in it too and had no figure: the bounds tell nothing of them
     */
    public record Value(
            Unit unit,
            Certainty certainty,
            @Nullable BigDecimal value,
            BigDecimal lower,
            BigDecimal upper,
            int contributors,
            List<String> missing) {

        public Value {
            missing = List.copyOf(missing);
        }
    }

    /** A figure that has no place on the other date. */
    public record Unplaced(Unit unit, BigDecimal value, Crossing.Status status) {}

    /** A figure that could not be taken. */
    public record Rejected(int index, Figure figure, Reason reason) {

        /** Why; the label is part of the contract. */
        public enum Reason {
            MALFORMED_CODE,
            OTHER_LEVEL,
            NOT_KNOWN,
            TWICE,
            NO_VALUE,
            NEGATIVE,
            NEGATIVE_WEIGHT;

            /** The word used in contracts. */
            public String label() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /**
     * Where a sum went: {@code given = exact + divided + unplaced + rejected}.
     *
     * @param exact of units that passed whole
     * @param divided of units that were divided: within the bounds of their receivers
     */
    public record Conservation(
            BigDecimal given, BigDecimal exact, BigDecimal divided, BigDecimal unplaced, BigDecimal rejected) {}
}
