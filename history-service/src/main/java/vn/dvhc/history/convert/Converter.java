package vn.dvhc.history.convert;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.history.lineage.Weight;
import vn.dvhc.history.lineage.Weights;
import vn.dvhc.history.search.AddressReader;
import vn.dvhc.history.search.AddressReading;
import vn.dvhc.history.search.Fit;
import vn.dvhc.history.search.Gazetteer;
import vn.dvhc.history.search.Place;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/**
 * Converts items to one date. Made for one call and one thread: it remembers what became of each unit, so that millions of
 * items cost little more than looking up their units.
 */
public final class Converter {

    private static final int MOST_CANDIDATES = 10;

    private final Timeline timeline;
    private final AddressReader addresses;
    private final LocalDate to;
    private final Weights weights;
    private final Map<UnitId, Outcome> outcomes = new HashMap<>();

    /** One without weights. */
    public Converter(Gazetteer gazetteer, LocalDate to) {
        this(gazetteer, to, Weights.NONE);
    }

    /** @param weights what was counted of divided units */
    public Converter(Gazetteer gazetteer, LocalDate to, Weights weights) {
        this.weights = weights;
        this.timeline = gazetteer.timeline();
        this.addresses = new AddressReader(gazetteer);
        this.to = to;
    }

    /** What became of a unit, however it was named. */
    private record Outcome(Status status, Cause cause, List<Target> targets, Sureness sureness) {}

    /** @param at the date of the code; null if it came without one, which is never assumed */
    public Conversion code(UnitCode code, @Nullable LocalDate at) {
        Optional<Unit> bearer = at == null ? onlyBearer(code) : timeline.unit(code, at);
        if (bearer.isEmpty()) {
            return undecided(code, at);
        }
        LocalDate read = at == null ? bearer.get().validFrom() : at;
        Outcome outcome = outcome(bearer.get(), read);
        return new Conversion(
                outcome.status(),
                outcome.cause(),
                placed(bearer.get(), read),
                outcome.targets(),
                outcome.sureness(),
                Set.of(),
                List.of(),
                List.of(),
                0,
                "");
    }

    /**
     * Several units that fit equally are still decided if all of them became the same.
     *
     * @param at the date of the address; null if it may be of any
     */
    public Conversion address(String address, @Nullable LocalDate at) {
        AddressReading reading = addresses.read(address, at);
        return switch (reading.kind()) {
            case NOTHING -> Conversion.unreadable(Cause.ADDRESS_NAMES_NOTHING);
            case CONTRADICTORY ->
                Conversion.undecided(
                        Status.UNKNOWN, Cause.ADDRESS_CONTRADICTS, List.of(), List.of(), 0, reading.leftOver());
            case READ -> read(reading);
        };
    }

    private Conversion read(AddressReading reading) {
        List<Fit> fits = reading.fits();
        Place first = fits.get(0).place();
        Outcome outcome = outcome(first);
        boolean same = fits.size() == 1 || becameTheSame(fits, outcome);
        if (!same) {
            return Conversion.undecided(
                    Status.AMBIGUOUS,
                    Cause.ADDRESS_FITS_SEVERAL,
                    List.of(),
                    fits.stream()
                            .limit(MOST_CANDIDATES)
                            .map(fit -> new PlacedUnit(
                                    fit.place().state(), fit.place().path()))
                            .toList(),
                    fits.size(),
                    "");
        }
        Sureness sureness = Sureness.of(reading.confidence()).weaker(outcome.sureness());
        return new Conversion(
                outcome.status(),
                outcome.cause(),
                new PlacedUnit(first.state(), first.path()),
                outcome.targets(),
                fits.size() == 1 ? sureness : sureness.weaker(Sureness.STRONG),
                fits.get(0).doubts(),
                List.of(),
                List.of(),
                0,
                "");
    }

    private boolean becameTheSame(List<Fit> fits, Outcome first) {
        Set<UnitId> targets = ids(first);
        return !targets.isEmpty()
                && fits.stream().allMatch(fit -> ids(outcome(fit.place())).equals(targets));
    }

    private static Set<UnitId> ids(Outcome outcome) {
        Set<UnitId> ids = new HashSet<>();
        outcome.targets().forEach(target -> ids.add(target.unit().unit().id()));
        return ids;
    }

    private Outcome outcome(Place place) {
        return outcome(place.state(), place.state().validFrom());
    }

    private Outcome outcome(Unit unit, LocalDate read) {
        if (read.isAfter(to)) {
            return derive(unit, read);
        }
        Outcome known = outcomes.get(unit.id());
        if (known == null) {
            known = derive(unit, read);
            outcomes.put(unit.id(), known);
        }
        return recoded(known, unit);
    }

    /** A unit that goes on is unchanged only under the code that was asked for. */
    private static Outcome recoded(Outcome outcome, Unit asked) {
        if (outcome.cause() != Cause.GOES_ON) {
            return outcome;
        }
        Unit present = outcome.targets().get(0).unit().unit();
        return present.code().equals(asked.code())
                ? outcome
                : new Outcome(Status.RESOLVED, Cause.RECODED, outcome.targets(), outcome.sureness());
    }

    private Outcome derive(Unit unit, LocalDate read) {
        boolean later = read.isAfter(to);
        return timeline.recode(new UnitRef(unit.code(), read), to)
                .fold(
                        same -> new Outcome(
                                Status.UNCHANGED,
                                later ? Cause.READ_LATER : Cause.GOES_ON,
                                List.of(new Target(
                                        placed(same.unit(), later ? read : to), Extent.FULL, Confidence.ACT, null)),
                                Sureness.EXACT),
                        one -> followed(
                                Status.RESOLVED, Cause.ONE_SUCCESSOR, one.from().id(), List.of(one.successor())),
                        this::split,
                        ended -> new Outcome(Status.ENDED, Cause.NO_SUCCESSOR, List.of(), Sureness.EXACT),
                        Converter::impossible,
                        Converter::impossible);
    }

    private Outcome split(Recoding.Split split) {
        Cause cause = split.candidates().size() > 1 ? Cause.SEVERAL_SUCCESSORS : Cause.PARTLY_KNOWN;
        return followed(Status.SPLIT, cause, split.from().id(), split.candidates());
    }

    /** What was counted of the whole, if every way leads to a unit in force. */
    private Map<UnitId, Weight> weights(UnitId from, List<Lineage.Reached> reached) {
        return reached.size() < 2 || reached.stream().anyMatch(Lineage.Reached::open)
                ? Map.of()
                : weights.of(from, reached.stream().map(one -> one.unit().id()).collect(Collectors.toSet()));
    }

    private Outcome followed(Status status, Cause cause, UnitId from, List<Lineage.Reached> reached) {
        Map<UnitId, Weight> counted = weights(from, reached);
        List<Target> targets = new ArrayList<>();
        Sureness sureness = Sureness.EXACT;
        for (Lineage.Reached one : reached) {
            sureness = sureness.weaker(Sureness.of(one.confidence()));
            if (!one.open()) {
                targets.add(new Target(
                        placed(one.unit(), to),
                        extent(one),
                        one.confidence(),
                        counted.get(one.unit().id())));
            }
        }
        return new Outcome(status, cause, List.copyOf(targets), sureness);
    }

    private static Outcome impossible(Recoding recoding) {
        throw new IllegalStateException("The bearer of a code is known, yet its recoding is " + recoding.kind());
    }

    private static Extent extent(Lineage.Reached reached) {
        Extent extent = Extent.FULL;
        for (DatedEdge step : reached.path()) {
            Extent one = step.edge().extent();
            if (one == Extent.PARTIAL) {
                return one;
            }
            extent = one == Extent.UNKNOWN ? one : extent;
        }
        return extent;
    }

    private Optional<Unit> onlyBearer(UnitCode code) {
        List<Tenure> tenures = timeline.tenures(code);
        Tenure first = tenures.isEmpty() ? null : tenures.get(0);
        if (first == null || tenures.stream().anyMatch(tenure -> !tenure.unit().equals(first.unit()))) {
            return Optional.empty();
        }
        return timeline.unit(code, first.from());
    }

    private Conversion undecided(UnitCode code, @Nullable LocalDate at) {
        List<Tenure> tenures = at == null ? timeline.tenures(code) : timeline.tenuresNear(code, at);
        List<Vintage> vintages = tenures.stream().map(this::vintage).toList();
        if (tenures.isEmpty()) {
            return Conversion.unreadable(Cause.NEVER_BORNE);
        }
        return at == null
                ? Conversion.undecided(Status.AMBIGUOUS, Cause.BORNE_BY_SEVERAL, vintages, List.of(), 0, "")
                : Conversion.undecided(Status.UNKNOWN, Cause.NOT_BORNE_THEN, vintages, List.of(), 0, "");
    }

    private Vintage vintage(Tenure tenure) {
        LocalDate end = tenure.to();
        UnitHistory history = history(tenure.unit());
        LocalDate seen = end == null ? history.last().validFrom() : end.minusDays(1);
        return new Vintage(tenure, placed(history.at(seen).orElse(history.last()), seen));
    }

    private PlacedUnit placed(Unit unit, LocalDate at) {
        StringBuilder path = new StringBuilder(unit.fullName());
        UnitId above = unit.parent();
        while (above != null) {
            UnitHistory history = history(above);
            Unit parent = history.at(at).orElse(history.last());
            path.append(", ").append(parent.fullName());
            above = parent.parent();
        }
        return new PlacedUnit(unit, path.toString());
    }

    private UnitHistory history(UnitId id) {
        return timeline.find(id)
                .orElseThrow(() -> new IllegalStateException("The timeline refers to a unit it does not hold: " + id));
    }
}
