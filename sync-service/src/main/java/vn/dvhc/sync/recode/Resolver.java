package vn.dvhc.sync.recode;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Portion;
import vn.dvhc.sync.plan.Splitting;
import vn.dvhc.sync.plan.Sureness;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * Decides records of one split unit, each by the surest that speaks: its assigned locality, the words of its address, the
 * dataset's rule. What speaks for two units alike, or is less sure than the dataset asks for, is left to a person.
 */
final class Resolver {

    private final Unit from;
    private final Map<UnitId, Lineage.Reached> candidates = new LinkedHashMap<>();
    private final Map<String, UnitId> assigned;
    private final List<Written> written = new ArrayList<>();
    private final @Nullable UnitId rest;
    private final Splitting splitting;
    private final LocalDate on;

    Resolver(Timeline timeline, Localities localities, Recoding.Split split, Splitting splitting, LocalDate on) {
        this.from = split.from();
        this.splitting = splitting;
        this.on = on;
        split.candidates().stream()
                .filter(candidate -> !candidate.open())
                .forEach(candidate -> candidates.put(candidate.unit().id(), candidate));
        this.assigned = new HashMap<>(localities.of(from.id()));
        assigned.values().removeIf(successor -> !candidates.containsKey(successor));
        Set<String> ownNames = ownNames(timeline, from);
        assigned.forEach((locality, successor) -> written.add(Written.ofLocality(locality, successor)));
        candidates.values().stream()
                .map(Lineage.Reached::unit)
                .filter(unit -> !ownNames.contains(AddressWords.plain(AddressWords.folded(unit.name()))))
                .forEach(unit -> written.addAll(Written.ofUnit(unit)));
        this.rest = rest();
    }

    /**
     * How an address may write what tells the unit.
     *
     * @param asWritten folded but for the marks
     * @param sureness how sure it is if it stands there with its marks; without them it is likely at most
     * @param atEnd whether other words may stand before it in its part of the address
     */
    private record Written(String asWritten, String plain, UnitId unit, Sureness sureness, boolean atEnd) {

        static Written ofLocality(String locality, UnitId successor) {
            String folded = AddressWords.folded(locality);
            return new Written(folded, AddressWords.plain(folded), successor, Sureness.STRONG, true);
        }

        static List<Written> ofUnit(Unit unit) {
            List<Written> ways = new ArrayList<>();
            for (String name : AddressWords.fullNames(unit.type(), unit.name())) {
                ways.add(new Written(name, AddressWords.plain(name), unit.id(), Sureness.STRONG, false));
            }
            String name = AddressWords.folded(unit.name());
            ways.add(new Written(name, AddressWords.plain(name), unit.id(), Sureness.LIKELY, false));
            return ways;
        }

        Optional<Sureness> in(String part, String plainPart) {
            if (stands(part, asWritten)) {
                return Optional.of(sureness);
            }
            return stands(plainPart, plain) ? Optional.of(Sureness.LIKELY) : Optional.empty();
        }

        private boolean stands(String part, String words) {
            return atEnd ? AddressWords.isAt(part, words) : part.equals(words);
        }
    }

    /**
     * The names of the split unit and of the units above it: old addresses bear them, so a candidate of such a name is not meant
     * by it.
     */
    private static Set<String> ownNames(Timeline timeline, Unit from) {
        Set<String> names = new HashSet<>();
        Optional<Unit> unit = Optional.of(from);
        while (unit.isPresent()) {
            names.add(AddressWords.plain(AddressWords.folded(unit.get().name())));
            UnitId parent = unit.get().parent();
            LocalDate since = unit.get().validFrom();
            unit = parent == null ? Optional.empty() : timeline.find(parent).flatMap(above -> above.at(since));
        }
        return names;
    }

    private @Nullable UnitId rest() {
        List<UnitId> taking = candidates.values().stream()
                .filter(candidate ->
                        candidate.path().stream().anyMatch(step -> step.edge().portion() == Portion.REST))
                .map(candidate -> candidate.unit().id())
                .toList();
        return taking.size() == 1 ? taking.get(0) : null;
    }

    Verdict resolve(RecordUnit record) {
        Map<UnitId, Evidence> evidence = new HashMap<>();
        for (String locality : record.localities()) {
            UnitId successor = assigned.get(Localities.normalized(locality));
            if (successor != null && evidence.isEmpty()) {
                evidence.put(successor, evidence(successor, Evidence.Way.ASSIGNMENT, Sureness.CERTAIN, locality));
            }
        }
        Stream.concat(record.localities().stream(), Stream.ofNullable(record.address()))
                .flatMap(text -> AddressWords.parts(text).stream())
                .forEach(part -> read(part, evidence));
        Splitting.Rule rule = splitting.rule();
        if (rule == Splitting.Rule.REST && rest != null) {
            add(evidence, rest, Evidence.Way.RULE, Sureness.LIKELY, rule.label());
        }
        List<Suggestion> suggestions = candidates.keySet().stream()
                .map(unit -> new Suggestion(unit, evidence.get(unit)))
                .sorted(Comparator.comparing(Resolver::rank))
                .toList();
        return decide(suggestions);
    }

    private Verdict decide(List<Suggestion> suggestions) {
        Evidence best = suggestions.isEmpty() ? null : suggestions.get(0).evidence();
        boolean alone = suggestions.size() < 2 || rank(suggestions.get(0)) < rank(suggestions.get(1));
        if (best != null && alone && best.confidence().isAtLeast(splitting.threshold())) {
            return moved(suggestions.get(0).unit(), best, suggestions);
        }
        return Verdict.queued(
                from.id(),
                suggestions,
                from.fullName() + " được chia cho " + candidates.size() + " đơn vị; chưa rõ hồ sơ thuộc đơn vị nào.");
    }

    /** What a person's choice makes of a record; empty if the unit is no candidate. */
    Optional<Verdict> assigned(UnitId to) {
        return candidates.containsKey(to)
                ? Optional.of(moved(to, evidence(to, Evidence.Way.PERSON, Sureness.CERTAIN, null), List.of()))
                : Optional.empty();
    }

    private Verdict moved(UnitId to, Evidence evidence, List<Suggestion> suggestions) {
        Unit unit = Objects.requireNonNull(candidates.get(to)).unit();
        return Verdict.moved(from.id(), to, unit.code().value(), on, evidence, suggestions);
    }

    private void read(String part, Map<UnitId, Evidence> evidence) {
        String plain = AddressWords.plain(part);
        for (Written way : written) {
            way.in(part, plain).ifPresent(sureness -> add(evidence, way.unit(), Evidence.Way.ADDRESS, sureness, part));
        }
    }

    private void add(
            Map<UnitId, Evidence> evidence, UnitId unit, Evidence.Way way, Sureness sureness, @Nullable String words) {
        evidence.merge(
                unit,
                evidence(unit, way, sureness, words),
                (known, found) -> known.confidence().isAtLeast(found.confidence()) ? known : found);
    }

    private Evidence evidence(UnitId unit, Evidence.Way way, Sureness sureness, @Nullable String words) {
        return of(Objects.requireNonNull(candidates.get(unit)), way, sureness, words);
    }

    static Evidence of(Lineage.Reached reached, Evidence.Way way, Sureness sureness, @Nullable String words) {
        List<String> acts = new ArrayList<>();
        reached.path().forEach(step -> acts.addAll(step.edge().basis().actNumbers()));
        return new Evidence(
                way,
                sureness,
                words,
                acts.stream().distinct().toList(),
                reached.path().size() == 1
                        ? reached.path().get(0).edge().basis().clause()
                        : null);
    }

    private static int rank(Suggestion suggestion) {
        return suggestion.evidence() == null
                ? Sureness.values().length
                : suggestion.evidence().confidence().ordinal();
    }
}
