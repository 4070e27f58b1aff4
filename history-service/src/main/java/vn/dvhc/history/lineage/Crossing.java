package vn.dvhc.history.lineage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import vn.dvhc.decision.Extent;
import vn.dvhc.unit.Unit;

/**
 * One unit of a date and where it lies on another.
 *
 * @param unit its state on the first date
 * @param shares at least one, in the order of the reforms
 * @param complete whether the shares are known to make up the whole unit
 */
public record Crossing(Unit unit, List<Share> shares, boolean complete) {

    private static final BigDecimal ROUNDING = new BigDecimal("1e-9");

    /** What became of the unit as a whole. */
    public enum Status {
        /** It goes on, and passed nothing on. */
        UNCHANGED,
        /** The whole of it lies in one other unit. */
        FULL,
        /** Parts of it lie in several units, or only a part of it is known to lie anywhere. */
        PARTIAL,
        /** It leads to one unit; the catalogue does not say how much of it. */
        UNKNOWN,
        /** It ended by a known act, and nothing is recorded to have succeeded it. */
        ENDED,
        /** Nothing is known beyond it. */
        OPEN;

        /** The word used in contracts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if there is no share, or only some have weights, or they don't sum to 1 */
    public Crossing {
        shares = List.copyOf(shares);
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("A unit always leads somewhere, be it to its own end: " + unit.id());
        }
        List<BigDecimal> weights = shares.stream()
                .map(Share::weight)
                .filter(Objects::nonNull)
                .map(Weight::value)
                .toList();
        if (!weights.isEmpty() && !(weights.size() == shares.size() && sumToOne(weights))) {
            throw new IllegalArgumentException("The weights of a unit sum to 1 or are absent: " + unit.id());
        }
    }

    public Status status() {
        if (shares.size() > 1) {
            return shares.stream().allMatch(Share::open) ? lost() : Status.PARTIAL;
        }
        Share only = shares.get(0);
        if (only.open()) {
            return lost();
        }
        if (only.edges().isEmpty()) {
            return Status.UNCHANGED;
        }
        return switch (only.extent()) {
            case FULL -> Status.FULL;
            case PARTIAL -> Status.PARTIAL;
            case UNKNOWN -> Status.UNKNOWN;
        };
    }

    /** Whether all of it lies in one unit, so that whatever belongs to it belongs there. */
    public boolean isWhole() {
        return shares.size() == 1 && !shares.get(0).open() && shares.get(0).extent() == Extent.FULL;
    }

    private Status lost() {
        return shares.stream()
                        .allMatch(share -> share.endedBy() != null
                                && !share.endedBy().acts().isEmpty())
                ? Status.ENDED
                : Status.OPEN;
    }

    private static boolean sumToOne(List<BigDecimal> weights) {
        BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.subtract(BigDecimal.ONE).abs().compareTo(ROUNDING) <= 0;
    }
}
