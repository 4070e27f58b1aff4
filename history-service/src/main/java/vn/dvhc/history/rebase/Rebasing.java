package vn.dvhc.history.rebase;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.lineage.Crossing;
import vn.dvhc.history.lineage.Crosswalk;
import vn.dvhc.history.lineage.Share;
import vn.dvhc.history.rebase.Rebased.Certainty;
import vn.dvhc.history.rebase.Rebased.Conservation;
import vn.dvhc.history.rebase.Rebased.Rejected;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * Tells figures for the units of another date. A sum, like people or hectares, is not negative: of a divided unit each
 * receiver got between nothing and all. A ratio, like a share of households, of merged units lies between theirs, and is
 * their weighted mean if the weights are known; that a part had the ratio of its whole can only be assumed.
 */
public final class Rebasing {

    /** What a figure is. */
    public enum Kind {
        SUM,
        RATIO
    }

    private final Timeline timeline;
    private final Crosswalk crosswalk;
    private final Level level;
    private final Kind kind;
    private final boolean byProvince;

    /**
     * @param level the level of the units that the figures are of
     * @param byProvince tell the provinces of the other date instead of the units themselves
     */
    public Rebasing(Timeline timeline, Crosswalk crosswalk, Level level, Kind kind, boolean byProvince) {
        this.timeline = timeline;
        this.crosswalk = crosswalk;
        this.level = level;
        this.kind = kind;
        this.byProvince = byProvince;
    }

    public Rebased of(List<Figure> figures) {
        List<Rejected> rejected = new ArrayList<>();
        Map<UnitId, Figure> taken = take(figures, rejected);
        Map<UnitId, Receiver> receivers = new LinkedHashMap<>();
        List<Rebased.Unplaced> unplaced = new ArrayList<>();
        BigDecimal exact = BigDecimal.ZERO;
        BigDecimal divided = BigDecimal.ZERO;
        BigDecimal lost = BigDecimal.ZERO;
        for (Crossing crossing : crosswalk.all(level, null)) {
            Figure figure = taken.get(crossing.unit().id());
            Map<UnitId, Unit> targets = targets(crossing);
            boolean whole = targets.size() == 1
                    && crossing.complete()
                    && crossing.shares().stream().noneMatch(Share::open);
            targets.forEach((id, unit) ->
                    receivers.computeIfAbsent(id, key -> new Receiver(unit)).add(crossing.unit(), figure, whole));
            if (figure == null) {
                continue;
            }
            BigDecimal value = valueOf(figure);
            if (targets.isEmpty()) {
                unplaced.add(new Rebased.Unplaced(crossing.unit(), value, crossing.status()));
                lost = lost.add(value);
            } else if (whole) {
                exact = exact.add(value);
            } else {
                divided = divided.add(value);
            }
        }
        BigDecimal refused = rejected.stream()
                .map(reject -> reject.figure().value())
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal given = exact.add(divided).add(lost).add(refused);
        return new Rebased(
                receivers.values().stream()
                        .filter(Receiver::hasFigures)
                        .sorted(Comparator.comparing(receiver -> receiver.unit.code()))
                        .map(Receiver::value)
                        .toList(),
                unplaced,
                rejected,
                kind == Kind.SUM ? new Conservation(given, exact, divided, lost, refused) : null);
    }

    private Map<UnitId, Figure> take(List<Figure> figures, List<Rejected> rejected) {
        Map<UnitId, Figure> taken = new HashMap<>();
        for (int i = 0; i < figures.size(); i++) {
            Figure figure = figures.get(i);
            Unit unit = UnitCode.isWellFormed(figure.code())
                    ? timeline.unit(UnitCode.of(figure.code()), crosswalk.from())
                            .orElse(null)
                    : null;
            Rejected.Reason reason = refusal(figure, unit);
            if (reason == null && unit != null && taken.putIfAbsent(unit.id(), figure) != null) {
                reason = Rejected.Reason.TWICE;
            }
            if (reason != null) {
                rejected.add(new Rejected(i, figure, reason));
            }
        }
        return taken;
    }

    private Rejected.@Nullable Reason refusal(Figure figure, @Nullable Unit unit) {
        if (!UnitCode.isWellFormed(figure.code())) {
            return Rejected.Reason.MALFORMED_CODE;
        }
        if (UnitCode.of(figure.code()).level() != level) {
            return Rejected.Reason.OTHER_LEVEL;
        }
        if (unit == null) {
            return Rejected.Reason.NOT_KNOWN;
        }
        if (figure.value() == null) {
            return Rejected.Reason.NO_VALUE;
        }
        if (kind == Kind.SUM && figure.value().signum() < 0) {
            return Rejected.Reason.NEGATIVE;
        }
        return figure.weight() != null && figure.weight().signum() < 0 ? Rejected.Reason.NEGATIVE_WEIGHT : null;
    }

    /** The units in which it lies, without those at which the way is lost. */
    private Map<UnitId, Unit> targets(Crossing crossing) {
        Map<UnitId, Unit> targets = new LinkedHashMap<>();
        for (Share share : crossing.shares()) {
            if (!share.open()) {
                Unit target = byProvince ? province(share.unit()) : share.unit();
                targets.putIfAbsent(target.id(), target);
            }
        }
        return targets;
    }

    private Unit province(Unit unit) {
        UnitId id = crosswalk.provinceOf(unit, crosswalk.to());
        return id == null
                ? unit
                : timeline.find(id).flatMap(life -> life.at(crosswalk.to())).orElse(unit);
    }

    private static BigDecimal valueOf(Figure figure) {
        return Objects.requireNonNull(figure.value());
    }

    /** A unit of the other date with all that lies in it. */
    private final class Receiver {

        private final Unit unit;
        private final List<Figure> wholes = new ArrayList<>();
        private final List<Figure> parts = new ArrayList<>();
        private final Set<String> missing = new LinkedHashSet<>();

        Receiver(Unit unit) {
            this.unit = unit;
        }

        void add(Unit giver, @Nullable Figure figure, boolean whole) {
            if (figure == null) {
                missing.add(giver.code().value());
            } else {
                (whole ? wholes : parts).add(figure);
            }
        }

        boolean hasFigures() {
            return !wholes.isEmpty() || !parts.isEmpty();
        }

        Rebased.Value value() {
            return kind == Kind.SUM ? sum() : ratio();
        }

        private Rebased.Value sum() {
            BigDecimal lower = sumOf(wholes);
            BigDecimal upper = lower.add(sumOf(parts));
            boolean exact = missing.isEmpty() && lower.compareTo(upper) == 0;
            return told(exact ? Certainty.EXACT : Certainty.BOUNDED, exact ? lower : null, lower, upper);
        }

        private Rebased.Value ratio() {
            List<Figure> all = new ArrayList<>(wholes);
            all.addAll(parts);
            BigDecimal lower =
                    all.stream().map(Rebasing::valueOf).reduce(BigDecimal::min).orElseThrow();
            BigDecimal upper =
                    all.stream().map(Rebasing::valueOf).reduce(BigDecimal::max).orElseThrow();
            if (!parts.isEmpty()) {
                return told(Certainty.ASSUMED, null, lower, upper);
            }
            BigDecimal mean = lower.compareTo(upper) == 0 ? lower : weightedMean();
            return missing.isEmpty() && mean != null
                    ? told(Certainty.EXACT, mean, mean, mean)
                    : told(Certainty.BOUNDED, null, lower, upper);
        }

        /** To 34 digits; null if a weight is missing or all are zero. */
        private @Nullable BigDecimal weightedMean() {
            BigDecimal weighted = BigDecimal.ZERO;
            BigDecimal weights = BigDecimal.ZERO;
            for (Figure figure : wholes) {
                BigDecimal weight = figure.weight();
                if (weight == null) {
                    return null;
                }
                weighted = weighted.add(valueOf(figure).multiply(weight));
                weights = weights.add(weight);
            }
            return weights.signum() == 0 ? null : weighted.divide(weights, MathContext.DECIMAL128);
        }

        private Rebased.Value told(
                Certainty certainty, @Nullable BigDecimal value, BigDecimal lower, BigDecimal upper) {
            return new Rebased.Value(
                    unit, certainty, value, lower, upper, wholes.size() + parts.size(), List.copyOf(missing));
        }

        private static BigDecimal sumOf(List<Figure> figures) {
            return figures.stream().map(Rebasing::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}
