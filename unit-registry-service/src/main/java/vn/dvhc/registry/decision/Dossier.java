package vn.dvhc.registry.decision;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.act.ActNumbers;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitCode;

/**
 * What is decided, as its drafter wrote it down.
 *
 * @param acts what is said about the acts it rests on; an act not described stands for its number
 * @param endedOnPurpose units that end and leave no successor
 * @param retracts what a correction strikes; empty for any other
 */
public record Dossier(
        Decision decision,
        Origin origin,
        List<ActDescription> acts,
        SortedSet<UnitCode> endedOnPurpose,
        List<Strike> retracts) {

    /** @throws IllegalArgumentException if anything but a correction strikes messages */
    public Dossier {
        if (origin != Origin.CORRECTION && !retracts.isEmpty()) {
            throw new IllegalArgumentException("Only a correction strikes messages");
        }
        acts = List.copyOf(acts);
        endedOnPurpose = Collections.unmodifiableSortedSet(new TreeSet<>(endedOnPurpose));
        retracts = List.copyOf(retracts);
    }

    /** A decision of the national catalogue: its acts are known by their numbers only. */
    public static Dossier ofCatalogue(Decision decision) {
        return new Dossier(decision, Origin.CATALOGUE, List.of(), Collections.emptySortedSet(), List.of());
    }

    /** What the changes name their acts by: a number, with the year in brackets where it comes again every year. */
    public Set<String> namedActs() {
        Set<String> references = new LinkedHashSet<>();
        for (UnitChange change : decision.changes()) {
            for (LegalAct act : change.basis().acts()) {
                references.add(act.number());
            }
        }
        return references;
    }

    /** The numbers and references of the acts about which it says more. */
    public Set<String> describedActs() {
        Set<String> described =
                acts.stream().map(ActDescription::number).collect(Collectors.toCollection(LinkedHashSet::new));
        namedActs().stream()
                .filter(reference -> acts.stream().anyMatch(ActDescription.ofReference(reference)::mayBe))
                .forEach(described::add);
        return described;
    }

    /** The numbers of all acts it rests on, described or only named by a change. */
    public Set<String> actNumbers() {
        return Stream.concat(
                        acts.stream().map(ActDescription::number),
                        namedActs().stream().map(ActNumbers::number))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every code that the changes name: of units that change, give, receive, and of their parents. */
    public SortedSet<UnitCode> namedCodes() {
        SortedSet<UnitCode> codes = new TreeSet<>();
        for (UnitChange change : decision.changes()) {
            codes.add(change.code());
            other(change).forEach(codes::add);
        }
        return codes;
    }

    private static Stream<UnitCode> other(UnitChange change) {
        return switch (change.kind()) {
            case CREATE -> stream(((UnitChange.Create) change).parent());
            case REPARENT -> stream(((UnitChange.Reparent) change).parent());
            case RECODE -> stream(((UnitChange.Recode) change).newCode());
            case SUCCEED -> stream(((UnitChange.Succeed) change).to());
            case ABOLISH, RENAME, RECLASSIFY -> Stream.empty();
        };
    }

    private static Stream<UnitCode> stream(@Nullable UnitCode code) {
        return Stream.ofNullable(code);
    }
}
