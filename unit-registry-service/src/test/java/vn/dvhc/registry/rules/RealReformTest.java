package vn.dvhc.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** The acts of 2025-07-01: as they are they pass; spoiled on purpose, twenty times in every way, each fault is found. */
class RealReformTest {

    private static final long SEED = 20_250_701;
    private static final int FAULTS_OF_A_KIND = 20;
    private static final Timeline EVE = Catalogues.until(Catalogues.EVE);
    private static final List<Decision> ACTS = Catalogues.DAYS.get(Catalogue.REFORM);
    private static final List<UnitChange> CHANGES =
            ACTS.stream().flatMap(act -> act.changes().stream()).toList();

    @Test
    void wholeReform_passes() {
        List<Finding> findings = new Reform().findings();

        assertThat(findings).filteredOn(Finding::isError).isEmpty();
        // The one split whose words are odd in the act itself.
        assertThat(findings)
                .filteredOn(found -> found.code().equals(Rule.WHOLE_AREA_BUT_NOT_ALL_PEOPLE.name()))
                .extracting(Finding::subject)
                .containsExactly("18796");
    }

    @ParameterizedTest
    @MethodSource("acts")
    void eachAct_passesAmongTheOthers(Decision act) {
        NavigableMap<LocalDate, List<Decision>> scheduled =
                new TreeMap<>(Catalogues.DAYS.tailMap(Catalogue.REFORM, true));
        Proposal proposal = new Proposal(act, Proposal.Kind.REFORM, endedOnPurpose(act), actNumbers(act));

        assertThat(DecisionRules.findings(proposal, EVE, scheduled, Catalogues.EVE))
                .noneMatch(Finding::isError);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultOfAKind_isFoundWhereItIs(Fault fault) {
        Reform reform = new Reform();
        Random random = new Random(SEED ^ fault.name().hashCode());

        List<String> subjects = new ArrayList<>();
        for (int i = 0; i < FAULTS_OF_A_KIND; i++) {
            subjects.add(fault.spoil(reform, random));
        }

        assertThat(reform.findings())
                .as("%s with seed %d", fault, SEED)
                .filteredOn(found -> found.code().equals(fault.expected))
                .extracting(Finding::subject)
                .containsAll(subjects);
        assertThat(new HashSet<>(subjects)).hasSize(FAULTS_OF_A_KIND);
    }

    private static Stream<Decision> acts() {
        return ACTS.stream();
    }

    private static Set<UnitCode> endedOnPurpose(Decision act) {
        Set<UnitCode> giving = CHANGES.stream()
                .filter(UnitChange.Succeed.class::isInstance)
                .map(UnitChange::code)
                .collect(Collectors.toSet());
        return act.changes().stream()
                .filter(change -> change.kind() == UnitChange.Kind.ABOLISH)
                .map(UnitChange::code)
                .filter(code -> !giving.contains(code))
                .collect(Collectors.toSet());
    }

    private static Set<String> actNumbers(Decision act) {
        return act.changes().stream()
                .flatMap(change -> change.basis().actNumbers().stream())
                .collect(Collectors.toSet());
    }

    /** A way to spoil the reform; each answers the subject at which the fault is to be found. */
    private enum Fault {
        EDGE_LEFT_OUT("UNIT_ENDS_WITHOUT_SUCCESSOR") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Succeed edge = reform.anyWhole(random);
                reform.remove(edge);
                return edge.code().value();
            }
        },
        PART_LEFT_OUT("PARTIAL_EDGE_ALONE") {
            @Override
            String spoil(Reform reform, Random random) {
                List<UnitChange.Succeed> parts = reform.anySplit(random, edges -> edges.size() == 2);
                reform.remove(parts.get(random.nextInt(2)));
                return parts.get(0).code().value();
            }
        },
        REST_LEFT_OUT("REST_MISSING") {
            @Override
            String spoil(Reform reform, Random random) {
                List<UnitChange.Succeed> parts = reform.anySplit(random, edges -> edges.size() > 2);
                parts.stream().filter(edge -> edge.portion() == Portion.REST).forEach(reform::remove);
                return parts.get(0).code().value();
            }
        },
        PART_CALLED_THE_REST("REST_TWICE") {
            @Override
            String spoil(Reform reform, Random random) {
                List<UnitChange.Succeed> parts = reform.anySplit(random, edges -> true);
                UnitChange.Succeed part = parts.stream()
                        .filter(edge -> edge.portion() != Portion.REST)
                        .findFirst()
                        .orElseThrow();
                reform.replace(part, worded(part, Portion.REST));
                return part.code().value();
            }
        },
        EDGE_BESIDE_A_WHOLE_ONE("FULL_EDGE_BESIDE_OTHERS") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Succeed edge = reform.anyWhole(random);
                UnitChange.Succeed stranger = reform.anyWhole(random);
                reform.add(edge(edge.code(), stranger.to(), Portion.PART));
                return edge.code().value();
            }
        },
        WHOLE_CALLED_A_PART("PORTION_CONTRADICTS_EXTENT") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Succeed edge = reform.anyWhole(random);
                reform.replace(edge, worded(edge, Portion.PART));
                return edge.code().value();
            }
        },
        PART_CALLED_WHOLE("PORTION_CONTRADICTS_EXTENT") {
            @Override
            String spoil(Reform reform, Random random) {
                List<UnitChange.Succeed> parts = reform.anySplit(random, edges -> true);
                reform.replace(parts.get(0), worded(parts.get(0), Portion.WHOLE));
                return parts.get(0).code().value();
            }
        },
        ALL_PEOPLE_GIVEN_TWICE("ALL_PEOPLE_TAKEN_TWICE") {
            @Override
            String spoil(Reform reform, Random random) {
                List<UnitChange.Succeed> parts = reform.anySplit(
                        random,
                        edges -> edges.stream().anyMatch(edge -> edge.portion() == Portion.PART_OF_AREA_ALL_PEOPLE));
                UnitCode stranger = reform.anyWhole(random).to();
                reform.add(edge(parts.get(0).code(), stranger, Portion.PART_OF_AREA_ALL_PEOPLE));
                return parts.get(0).code().value();
            }
        },
        CODE_OF_A_UNIT_THAT_GOES_ON("CODE_IN_USE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitCode taken = reform.any(random, UnitChange.Reparent.class, keeper -> true)
                        .code();
                UnitChange.Create create = reform.anyNew(random);
                reform.replace(
                        create,
                        new UnitChange.Create(taken, create.type(), create.name(), create.parent(), create.basis()));
                return taken.value();
            }
        },
        CODE_OF_A_STRANGER("CODE_NOT_INHERITED") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Succeed heir = reform.any(
                        random,
                        UnitChange.Succeed.class,
                        edge -> edge.extent() == Extent.FULL
                                && edge.code().equals(edge.to())
                                && edge.code().level() == vn.dvhc.unit.Level.COMMUNE);
                UnitCode stranger = reform.anyWhole(random).to();
                reform.replace(heir, redirected(heir, heir.code(), stranger));
                return heir.code().value();
            }
        },
        UNKNOWN_PREDECESSOR("EDGE_FROM_NOT_IN_FORCE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitCode nobody = reform.freeCode(random);
                reform.add(edge(nobody, reform.anyWhole(random).to(), Portion.PART));
                return nobody.value();
            }
        },
        UNKNOWN_SUCCESSOR("EDGE_TO_NOT_IN_FORCE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Succeed edge = reform.anyWhole(random);
                UnitCode nobody = reform.freeCode(random);
                reform.replace(edge, redirected(edge, edge.code(), nobody));
                return nobody.value();
            }
        },
        END_LEFT_OUT("FULL_EDGE_OF_UNIT_THAT_GOES_ON") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Abolish end = reform.any(
                        random,
                        UnitChange.Abolish.class,
                        change -> reform.givesWhole(change.code()) && !reform.isBorneAnew(change.code()));
                reform.remove(end);
                return EVE.unit(end.code(), Catalogues.EVE).orElseThrow().id().toString();
            }
        },
        END_TWICE("UNIT_UNKNOWN") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Abolish end =
                        reform.any(random, UnitChange.Abolish.class, change -> !reform.isBorneAnew(change.code()));
                reform.add(end);
                return end.code().value();
            }
        },
        BEGINNING_TWICE("CODE_IN_USE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Create create = reform.anyNew(random);
                reform.add(create);
                return create.code().value();
            }
        },
        EDGE_STATED_TWICE("EDGE_TWICE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Succeed edge = reform.anyWhole(random);
                reform.add(edge);
                return EVE.unit(edge.code(), Catalogues.EVE).orElseThrow().id().toString();
            }
        },
        UNKNOWN_PARENT("PARENT_UNKNOWN") {
            @Override
            String spoil(Reform reform, Random random) {
                return reform.respell(random, create -> withParent(create, UnitCode.of("00")));
            }
        },
        PARENT_OF_THE_WRONG_LEVEL("PARENT_NOT_IN_FORCE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitCode neighbour = reform.anyNew(random).code();
                return reform.respell(random, create -> withParent(create, neighbour));
            }
        },
        NO_PARENT("PARENT_MISSING") {
            @Override
            String spoil(Reform reform, Random random) {
                return reform.respell(
                        random,
                        create -> new UnitChange.Create(
                                create.code(), create.type(), create.name(), null, create.basis()));
            }
        },
        NAME_TAKEN("NAME_NOT_UNIQUE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Create model = reform.anyNew(random);
                UnitChange.Create copy = reform.any(
                        random,
                        UnitChange.Create.class,
                        create -> !create.equals(model)
                                && create.parent() != null
                                && create.parent().equals(model.parent()));
                reform.replace(copy, named(copy, model.name()));
                return copy.code() + "@" + Catalogue.REFORM;
            }
        },
        NAME_DECOMPOSED("NAME_NOT_NFC") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Create create = reform.any(
                        random,
                        UnitChange.Create.class,
                        unit -> !nfd(unit.name()).equals(unit.name()));
                reform.replace(create, named(create, nfd(create.name())));
                return create.code().value();
            }
        },
        NAME_WITH_A_BLANK("NAME_UNTIDY") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Create create = reform.anyNew(random);
                reform.replace(create, named(create, create.name() + " "));
                return create.code().value();
            }
        },
        TYPE_OF_ANOTHER_LEVEL("TYPE_DOES_NOT_FIT_CODE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Create create = reform.anyNew(random);
                reform.replace(
                        create,
                        new UnitChange.Create(
                                create.code(),
                                UnitType.URBAN_DISTRICT,
                                create.name(),
                                create.parent(),
                                create.basis()));
                return create.code().value();
            }
        },
        REST_OF_A_UNIT_KEPT("REST_OF_UNIT_THAT_GOES_ON") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitCode kept = reform.any(random, UnitChange.Reparent.class, keeper -> true)
                        .code();
                reform.add(edge(kept, reform.anyWhole(random).to(), Portion.REST));
                return kept.value();
            }
        },
        MOVED_TWICE("STATED_TWICE") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Reparent move = reform.any(random, UnitChange.Reparent.class, keeper -> true);
                reform.add(move);
                return move.code().value();
            }
        },
        PURPOSE_UNTRUE("ENDED_ON_PURPOSE_HAS_SUCCESSOR") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitCode ended = reform.anyWhole(random).code();
                reform.endedOnPurpose.add(ended);
                return ended.value();
            }
        },
        MOVED_BY_ANOTHER_DECISION_TOO("TOUCHED_BY_ANOTHER_DECISION") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Reparent move = reform.any(random, UnitChange.Reparent.class, keeper -> true);
                reform.byAnother.add(new UnitChange.Rename(move.code(), "Tên khác " + move.code(), move.basis()));
                return move.code().value();
            }
        },
        BASIS_LEFT_OUT("NO_LEGAL_BASIS") {
            @Override
            String spoil(Reform reform, Random random) {
                UnitChange.Create create = reform.anyNew(random);
                reform.replace(
                        create,
                        new UnitChange.Create(
                                create.code(), create.type(), create.name(), create.parent(), Basis.NONE));
                return create.code().value();
            }
        };

        private final String expected;

        Fault(String expected) {
            this.expected = expected;
        }

        abstract String spoil(Reform reform, Random random);

        private static UnitChange edge(UnitCode from, UnitCode to, Portion portion) {
            return new UnitChange.Succeed(from, to, Extent.PARTIAL, portion, Confidence.ACT, Changes.BASIS);
        }

        private static UnitChange worded(UnitChange.Succeed edge, Portion portion) {
            return new UnitChange.Succeed(
                    edge.code(), edge.to(), edge.extent(), portion, edge.confidence(), edge.basis());
        }

        private static UnitChange redirected(UnitChange.Succeed edge, UnitCode from, UnitCode to) {
            return new UnitChange.Succeed(from, to, edge.extent(), edge.portion(), edge.confidence(), edge.basis());
        }

        private static UnitChange named(UnitChange.Create create, String name) {
            return new UnitChange.Create(create.code(), create.type(), name, create.parent(), create.basis());
        }

        private static UnitChange.Create withParent(UnitChange.Create create, UnitCode parent) {
            return new UnitChange.Create(create.code(), create.type(), create.name(), parent, create.basis());
        }

        private static String nfd(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFD);
        }
    }

    /** The reform as one decision, to be spoiled; no unit is picked twice. */
    private static final class Reform {

        private final List<UnitChange> changes = new ArrayList<>(CHANGES);
        private final Map<UnitCode, List<UnitChange.Succeed>> edges = new HashMap<>();
        private final Set<UnitCode> created = new HashSet<>();
        private final Set<UnitCode> endedOnPurpose = new HashSet<>();
        private final Set<UnitCode> picked = new HashSet<>();
        private final List<UnitChange> byAnother = new ArrayList<>();

        Reform() {
            for (UnitChange change : CHANGES) {
                if (change instanceof UnitChange.Succeed edge) {
                    edges.computeIfAbsent(edge.code(), code -> new ArrayList<>())
                            .add(edge);
                } else if (change.kind() == UnitChange.Kind.CREATE) {
                    created.add(change.code());
                }
            }
            ACTS.forEach(act -> endedOnPurpose.addAll(RealReformTest.endedOnPurpose(act)));
        }

        List<Finding> findings() {
            Decision whole = new Decision(new DecisionId("reform"), Catalogue.REFORM, "Sắp xếp", changes);
            Set<String> acts = new HashSet<>(actNumbers(whole));
            NavigableMap<LocalDate, List<Decision>> scheduled = new TreeMap<>();
            if (!byAnother.isEmpty()) {
                scheduled.put(
                        Catalogue.REFORM,
                        List.of(new Decision(new DecisionId("another"), Catalogue.REFORM, "Khác", byAnother)));
            }
            return DecisionRules.findings(
                    new Proposal(whole, Proposal.Kind.REFORM, endedOnPurpose, acts), EVE, scheduled, Catalogues.EVE);
        }

        /** Any change of a kind about a unit that was not picked before. */
        <C extends UnitChange> C any(Random random, Class<C> kind, Predicate<C> wanted) {
            List<C> candidates = changes.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(change -> !picked.contains(change.code()))
                    .filter(wanted)
                    .toList();
            C change = candidates.get(random.nextInt(candidates.size()));
            picked.add(change.code());
            return change;
        }

        UnitChange.Create anyNew(Random random) {
            return any(random, UnitChange.Create.class, create -> create.parent() != null);
        }

        UnitChange.Succeed anyWhole(Random random) {
            return any(random, UnitChange.Succeed.class, edge -> givesWhole(edge.code()));
        }

        List<UnitChange.Succeed> anySplit(Random random, Predicate<List<UnitChange.Succeed>> wanted) {
            UnitChange.Succeed edge = any(
                    random,
                    UnitChange.Succeed.class,
                    part -> part.extent() == Extent.PARTIAL
                            && !part.code().value().equals("18796")
                            && wanted.test(edges.getOrDefault(part.code(), List.of())));
            return edges.getOrDefault(edge.code(), List.of());
        }

        boolean givesWhole(UnitCode code) {
            return edges.getOrDefault(code, List.of()).stream().anyMatch(edge -> edge.extent() == Extent.FULL);
        }

        boolean isBorneAnew(UnitCode code) {
            return created.contains(code);
        }

        UnitCode freeCode(Random random) {
            UnitCode code = UnitCode.of(Integer.toString(90_000 + random.nextInt(10_000)));
            return EVE.tenures(code).isEmpty() && picked.add(code) ? code : freeCode(random);
        }

        /** Spoils a new unit; answers its id. */
        String respell(Random random, UnaryOperator<UnitChange.Create> spoiling) {
            UnitChange.Create create = anyNew(random);
            replace(create, spoiling.apply(create));
            return create.code() + "@" + Catalogue.REFORM;
        }

        void remove(UnitChange change) {
            changes.remove(change);
        }

        void replace(UnitChange change, UnitChange by) {
            Collections.replaceAll(changes, change, by);
        }

        void add(UnitChange... more) {
            changes.addAll(Arrays.asList(more));
        }
    }
}
