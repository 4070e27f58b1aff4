package vn.dvhc.registry.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.rules.Day.Passed;
import vn.dvhc.registry.rules.Day.Said;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** What passes from whom to whom: it must account for the whole of every unit that ends. */
final class SuccessionRules {

    private final Proposal proposal;
    private final Findings found;

    private SuccessionRules(Proposal proposal, Findings found) {
        this.proposal = proposal;
        this.found = found;
    }

    /** Judges the edges of all units that the decision ends or takes from. */
    static void check(Proposal proposal, Day day, Findings found) {
        SuccessionRules rules = new SuccessionRules(proposal, found);
        Set<UnitCode> endedHere = new HashSet<>();
        for (Said said : day.saidBy(proposal.decision().id())) {
            if (said.change().kind() == UnitChange.Kind.ABOLISH) {
                endedHere.add(said.change().code());
                rules.checkEnd(said, day.edgesFrom(said.change().code()));
            }
        }
        proposal.endedOnPurpose().stream()
                .sorted()
                .filter(code -> !endedHere.contains(code))
                .forEach(code -> found.add(Rule.ENDED_ON_PURPOSE_GOES_ON.about(code)));
        day.edgesFrom().forEach((code, edges) -> {
            if (endedHere.contains(code) || edges.stream().anyMatch(rules::isOfTheDecision)) {
                rules.checkUnit(code, edges, day);
            }
        });
    }

    /** Judges only what the edges of the decision say themselves. */
    static void checkWords(Proposal proposal, Findings found) {
        SuccessionRules rules = new SuccessionRules(proposal, found);
        Set<UnitCode> ended = new HashSet<>();
        Map<UnitCode, List<UnitChange.Succeed>> edges = new LinkedHashMap<>();
        for (UnitChange change : proposal.decision().changes()) {
            if (change instanceof UnitChange.Succeed edge) {
                edges.computeIfAbsent(edge.code(), code -> new ArrayList<>()).add(edge);
            } else if (change.kind() == UnitChange.Kind.ABOLISH) {
                ended.add(change.code());
            }
        }
        edges.forEach((code, stated) -> {
            rules.checkPortions(code, stated);
            if (ended.contains(code)) {
                rules.checkWhole(code, stated);
            }
        });
    }

    private boolean isOfTheDecision(Passed edge) {
        return edge.by().equals(proposal.decision().id());
    }

    private void checkEnd(Said end, List<Passed> edges) {
        UnitCode code = end.change().code();
        boolean onPurpose = proposal.endedOnPurpose().contains(code);
        if (edges.isEmpty() && !onPurpose) {
            Unit stood = end.stood();
            found.add(Rule.UNIT_ENDS_WITHOUT_SUCCESSOR.about(code, stood == null ? "?" : stood.fullName()));
        } else if (!edges.isEmpty() && onPurpose) {
            found.add(Rule.ENDED_ON_PURPOSE_HAS_SUCCESSOR.about(
                    code, edges.get(0).edge().to()));
        }
    }

    private void checkUnit(UnitCode code, List<Passed> passed, Day day) {
        List<UnitChange.Succeed> edges = passed.stream().map(Passed::edge).toList();
        checkPortions(code, edges);
        if (passed.stream().map(Passed::from).anyMatch(from -> from != null && day.ends(from))) {
            checkWhole(code, edges);
            checkProvinces(code, passed, day);
        } else {
            checkCarveOut(code, edges);
        }
    }

    private void checkPortions(UnitCode code, List<UnitChange.Succeed> edges) {
        boolean somePeopleElsewhere = edges.stream().anyMatch(edge -> edge.portion() == Portion.PART_OF_PEOPLE);
        for (UnitChange.Succeed edge : edges) {
            boolean whole = edge.portion() == Portion.WHOLE;
            boolean agrees = switch (edge.extent()) {
                case FULL -> whole || edge.portion() == Portion.UNSTATED;
                case PARTIAL -> !whole;
                case UNKNOWN -> edge.portion() == Portion.UNSTATED;
            };
            if (!agrees && edge.extent() == Extent.PARTIAL && somePeopleElsewhere) {
                found.add(Rule.WHOLE_AREA_BUT_NOT_ALL_PEOPLE.about(code, edge.to()));
            } else if (!agrees) {
                found.add(Rule.PORTION_CONTRADICTS_EXTENT.about(
                        code, edge.to(), edge.portion().words(), edge.extent().label()));
            }
            if (edge.extent() == Extent.UNKNOWN) {
                found.add(Rule.EXTENT_UNKNOWN.about(code, edge.to()));
            }
            if (edge.code().level() != edge.to().level()) {
                found.add(Rule.EDGE_CROSSES_LEVELS.about(code, edge.to()));
            }
        }
        checkPeople(code, edges);
    }

    private void checkPeople(UnitCode code, List<UnitChange.Succeed> edges) {
        Optional<UnitChange.Succeed> all = edges.stream()
                .filter(edge -> edge.portion() == Portion.PART_OF_AREA_ALL_PEOPLE)
                .findFirst();
        all.ifPresent(taker -> edges.stream()
                .filter(edge -> !edge.equals(taker) && takesPeople(edge.portion()))
                .forEach(edge -> found.add(Rule.ALL_PEOPLE_TAKEN_TWICE.about(code, taker.to(), edge.to()))));
    }

    /** The rest may be land only, so it is not among them. */
    private static boolean takesPeople(Portion portion) {
        return portion == Portion.PART_OF_AREA_ALL_PEOPLE
                || portion == Portion.PART_OF_PEOPLE
                || portion == Portion.PART;
    }

    /** The edges of a unit that ends are one full edge, or parts of which exactly one is the rest. */
    private void checkWhole(UnitCode code, List<UnitChange.Succeed> edges) {
        Optional<UnitChange.Succeed> full =
                edges.stream().filter(edge -> edge.extent() == Extent.FULL).findFirst();
        if (full.isPresent()) {
            if (edges.size() > 1) {
                found.add(Rule.FULL_EDGE_BESIDE_OTHERS.about(code, full.get().to()));
            }
            return;
        }
        if (edges.stream().anyMatch(edge -> edge.extent() == Extent.UNKNOWN)) {
            return;
        }
        if (edges.size() == 1) {
            found.add(Rule.PARTIAL_EDGE_ALONE.about(code, edges.get(0).to()));
            return;
        }
        long rests =
                edges.stream().filter(edge -> edge.portion() == Portion.REST).count();
        if (rests == 0 && !isOldAndUnstated(edges)) {
            found.add(Rule.REST_MISSING.about(code, edges.size()));
        } else if (rests > 1) {
            found.add(Rule.REST_TWICE.about(code, rests));
        }
    }

    /** Acts of years gone by, which corrections and the catalogue tell of, do not always say which part went where. */
    private boolean isOldAndUnstated(List<UnitChange.Succeed> edges) {
        return proposal.kind() != Proposal.Kind.REFORM
                && edges.stream().allMatch(edge -> edge.portion() == Portion.UNSTATED);
    }

    private void checkCarveOut(UnitCode code, List<UnitChange.Succeed> edges) {
        for (UnitChange.Succeed edge : edges) {
            if (edge.portion() == Portion.REST) {
                found.add(Rule.REST_OF_UNIT_THAT_GOES_ON.about(code, edge.to()));
            } else if (edge.portion() == Portion.PART_OF_AREA_ALL_PEOPLE) {
                found.add(Rule.UNIT_LEFT_WITHOUT_PEOPLE.about(code, edge.to()));
            }
        }
    }

    private void checkProvinces(UnitCode code, List<Passed> edges, Day day) {
        Set<UnitId> receivers = new LinkedHashSet<>();
        edges.forEach(edge -> {
            UnitId to = edge.to();
            if (to != null) {
                receivers.add(to);
            }
        });
        Set<UnitCode> provinces = new TreeSet<>();
        receivers.forEach(unit -> day.provinceOf(unit).map(Unit::code).ifPresent(provinces::add));
        if (provinces.size() > 1) {
            found.add(Rule.SPLIT_CROSSES_PROVINCES.about(code, provinces));
        }
    }
}
