package vn.dvhc.sync.recode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Portion;
import vn.dvhc.sync.plan.Splitting;
import vn.dvhc.sync.plan.Sureness;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Each way of deciding a split, and each portion, over the real reform. */
class ResolverTest {

    private static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);
    private static final Timeline TIMELINE = timeline();
    private static final Splitting ADDRESS = new Splitting("address", null, Sureness.STRONG);

    /** A split unit whose candidates have names of their own. */
    private static final Recoding.Split SPLIT =
            split(split -> split.candidates().size() == 2
                    && split.candidates().stream()
                            .noneMatch(candidate ->
                                    candidate.unit().name().equals(split.from().name())
                                            || candidate.unit().name().contains(" 1")));

    private static final Unit FIRST = SPLIT.candidates().get(0).unit();
    private static final Unit SECOND = SPLIT.candidates().get(1).unit();

    @ParameterizedTest
    @ValueSource(strings = {"Thôn Đông", "đường Lê Lợi", "Thửa 12, tờ 3"})
    void assignedLocality_isCertain_whateverTheAddressSays(String locality) {
        Localities known = Localities.none().with(SPLIT.from().id(), locality, SECOND.id());
        Verdict verdict = decide(ADDRESS, known, List.of(locality), "Thôn 9, " + FIRST.fullName());
        assertThat(verdict.to()).isEqualTo(SECOND.id());
        assertThat(verdict.evidence().way()).isEqualTo(Evidence.Way.ASSIGNMENT);
        assertThat(verdict.evidence().confidence()).isEqualTo(Sureness.CERTAIN);
        assertThat(verdict.evidence().words()).isEqualTo(locality);
        assertThat(verdict.evidence().legalBasis()).isNotEmpty();
        assertThat(verdict.evidence().clause()).isNotNull();
    }

    @Test
    void fullNameInTheAddress_isStrong_andDecides() {
        Verdict verdict = decide(ADDRESS, Localities.none(), List.of(), "Số 5, " + SECOND.fullName() + ", Việt Nam");
        assertThat(verdict.to()).isEqualTo(SECOND.id());
        assertThat(verdict.evidence().way()).isEqualTo(Evidence.Way.ADDRESS);
        assertThat(verdict.evidence().confidence()).isEqualTo(Sureness.STRONG);
        assertThat(verdict.evidence().words()).isEqualTo(AddressWords.folded(SECOND.fullName()));
    }

    @Test
    void assignedLocalityInTheAddress_isStrong_butNotWithinALongerOne() {
        Localities known = Localities.none().with(SPLIT.from().id(), "Thôn 1", FIRST.id());
        assertThat(decide(ADDRESS, known, List.of(), "Số 3 thôn 1, xã X").to()).isEqualTo(FIRST.id());
        assertThat(decide(ADDRESS, known, List.of(), "Số 3 thôn 12, xã X").outcome())
                .isEqualTo(Verdict.Outcome.QUEUED);
    }

    @Test
    void nameWithoutMarksOrKind_isLikely_andOnlyASuggestion() {
        String plain = AddressWords.plain(AddressWords.folded(FIRST.fullName()));
        for (String address : List.of("So 5, " + plain, "Số 5, " + FIRST.name())) {
            Verdict verdict = decide(ADDRESS, Localities.none(), List.of(), address);
            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.QUEUED);
            assertThat(verdict.suggestions().get(0).unit()).isEqualTo(FIRST.id());
            assertThat(verdict.suggestions().get(0).evidence().confidence()).isEqualTo(Sureness.LIKELY);
            assertThat(verdict.suggestions().get(1).evidence()).isNull();
        }
    }

    @Test
    void addressThatNamesBothUnits_decidesNothing() {
        Verdict both = decide(ADDRESS, Localities.none(), List.of(), FIRST.fullName() + ", " + SECOND.fullName());
        assertThat(both.outcome()).isEqualTo(Verdict.Outcome.QUEUED);
        assertThat(both.suggestions()).allMatch(suggestion -> suggestion.evidence() != null);
    }

    @Test
    void oldName_isNoEvidenceForACandidateOfThatName() {
        Recoding.Split same = split(split -> split.candidates().stream()
                .anyMatch(
                        candidate -> candidate.unit().name().equals(split.from().name())));
        Verdict verdict = decider(Following.PEOPLE, ADDRESS, Localities.none())
                .decide(record(same.from(), List.of(), "Thôn 2, " + same.from().fullName()));
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.QUEUED);
        assertThat(verdict.suggestions()).allMatch(suggestion -> suggestion.evidence() == null);
    }

    @Test
    void rule_isLikely_andDecidesOnlyWhereTheThresholdAllows() {
        Recoding.Split split = split(candidate -> takers(candidate, Portion.REST) == 1);
        RecordUnit record = record(split.from(), List.of(), null);
        Splitting cautious = new Splitting(null, Splitting.Rule.REST, Sureness.STRONG);
        Verdict suggested =
                decider(Following.PEOPLE, cautious, Localities.none()).decide(record);
        assertThat(suggested.outcome()).isEqualTo(Verdict.Outcome.QUEUED);
        assertThat(suggested.suggestions().get(0).evidence().way()).isEqualTo(Evidence.Way.RULE);

        Splitting bold = new Splitting(null, Splitting.Rule.REST, Sureness.LIKELY);
        Verdict decided = decider(Following.PEOPLE, bold, Localities.none()).decide(record);
        assertThat(decided.to()).isEqualTo(suggested.suggestions().get(0).unit());
        assertThat(decided.evidence().words()).isEqualTo("rest");
    }

    @Test
    void addressAgainstTheRule_isTheSurer() {
        Recoding.Split split = split(candidate -> takers(candidate, Portion.REST) == 1
                && candidate.candidates().size() == 2
                && candidate.candidates().stream()
                        .noneMatch(
                                to -> to.unit().name().equals(candidate.from().name())));
        Splitting bold = new Splitting("address", Splitting.Rule.REST, Sureness.LIKELY);
        Decider decider = decider(Following.PEOPLE, bold, Localities.none());
        UnitId rest = decider.decide(record(split.from(), List.of(), null)).to();
        Unit other = split.candidates().stream()
                .map(candidate -> candidate.unit())
                .filter(unit -> !unit.id().equals(rest))
                .findFirst()
                .orElseThrow();
        assertThat(decider.decide(record(split.from(), List.of(), "Số 1, " + other.fullName()))
                        .to())
                .isEqualTo(other.id());
    }

    @Test
    void person_mayChooseAnyCandidate_andNoOtherUnit() {
        Decider decider = decider(Following.PEOPLE, Splitting.NONE, Localities.none());
        RecordUnit record = record(SPLIT.from(), List.of("Thôn 1"), null);
        Verdict chosen = decider.assigned(record, SECOND.id()).orElseThrow();
        assertThat(chosen.outcome()).isEqualTo(Verdict.Outcome.MOVED);
        assertThat(chosen.code()).isEqualTo(SECOND.code().value());
        assertThat(chosen.evidence().way()).isEqualTo(Evidence.Way.PERSON);
        assertThat(decider.assigned(record, SPLIT.from().id())).isEmpty();
        assertThat(decider.assigned(new RecordUnit("318", "2025-06-30", List.of()), SECOND.id()))
                .as("a record that is not split")
                .isEmpty();
    }

    @Test
    void partOfTheArea_takesLand_butNoPeople() {
        for (Unit unit : endedWith(Portion.PART_OF_AREA)) {
            List<UnitId> areaOnly = takers(unit, Portion.PART_OF_AREA);
            if (areaOnly.size() == TIMELINE.edgesFrom(unit.id()).size()) {
                continue;
            }
            Verdict people = verdict(unit, Following.PEOPLE);
            assertThat(people.candidates()).as(unit.fullName()).doesNotContainAnyElementsOf(areaOnly);
            assertThat(areaOnly).as(unit.fullName()).doesNotContain(people.to());
            assertThat(verdict(unit, Following.LAND).candidates()).containsAll(areaOnly);
        }
    }

    @Test
    void partOfTheAreaWithAllPeople_takesAllPeople_andOnlyPartOfTheLand() {
        for (Unit unit : endedWith(Portion.PART_OF_AREA_ALL_PEOPLE)) {
            Verdict people = verdict(unit, Following.PEOPLE);
            assertThat(people.outcome()).as(unit.fullName()).isEqualTo(Verdict.Outcome.MOVED);
            assertThat(List.of(people.to())).isEqualTo(takers(unit, Portion.PART_OF_AREA_ALL_PEOPLE));
            assertThat(people.evidence().way()).isEqualTo(Evidence.Way.PORTION);
            assertThat(people.evidence().words()).isEqualTo(Portion.PART_OF_AREA_ALL_PEOPLE.words());
            assertThat(verdict(unit, Following.LAND).outcome()).isEqualTo(Verdict.Outcome.QUEUED);
        }
    }

    @Test
    void partOfThePeople_takesNoLand() {
        for (Unit unit : endedWith(Portion.PART_OF_PEOPLE)) {
            List<UnitId> peopleOnly = takers(unit, Portion.PART_OF_PEOPLE);
            assertThat(verdict(unit, Following.LAND).candidates()).doesNotContainAnyElementsOf(peopleOnly);
            assertThat(verdict(unit, Following.PEOPLE).candidates()).containsAll(peopleOnly);
        }
    }

    @Test
    void whole_movesWithoutEvidenceBesideTheAct_andPartsWait() {
        Unit whole = TIMELINE.units(BEFORE, Level.COMMUNE, null).stream()
                .filter(unit -> takers(unit, Portion.WHOLE).size() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(verdict(whole, Following.EVERYTHING).outcome()).isEqualTo(Verdict.Outcome.MOVED);
        assertThat(verdict(whole, Following.EVERYTHING).evidence()).isNull();
        assertThat(endedWith(Portion.PART)).isNotEmpty();
        for (Unit unit : endedWith(Portion.PART)) {
            assertThat(verdict(unit, Following.EVERYTHING).candidates())
                    .containsAll(takers(unit, Portion.PART))
                    .containsAll(takers(unit, Portion.REST));
        }
    }

    private static Verdict verdict(Unit unit, Following following) {
        return decider(following, Splitting.NONE, Localities.none()).decide(record(unit, List.of(), null));
    }

    private static List<Unit> endedWith(Portion portion) {
        return TIMELINE.units(BEFORE, Level.COMMUNE, null).stream()
                .filter(unit -> TIMELINE.find(unit.id()).orElseThrow().ended() != null)
                .filter(unit -> !takers(unit, portion).isEmpty())
                .toList();
    }

    private static List<UnitId> takers(Unit unit, Portion portion) {
        return TIMELINE.edgesFrom(unit.id()).stream()
                .filter(edge -> edge.date().equals(Catalogue.REFORM))
                .map(dated -> dated.edge())
                .filter(edge -> edge.portion() == portion)
                .map(Edge::to)
                .distinct()
                .toList();
    }

    private static long takers(Recoding.Split split, Portion portion) {
        return split.candidates().stream()
                .filter(candidate ->
                        candidate.path().stream().anyMatch(step -> step.edge().portion() == portion))
                .count();
    }

    private static Verdict decide(
            Splitting splitting, Localities localities, List<String> record, @Nullable String address) {
        return decider(Following.PEOPLE, splitting, localities).decide(record(SPLIT.from(), record, address));
    }

    private static RecordUnit record(Unit unit, List<String> localities, @Nullable String address) {
        return new RecordUnit(unit.code().value(), "2025-06-30", localities, address);
    }

    private static Decider decider(Following following, Splitting splitting, Localities localities) {
        return new Decider(TIMELINE, localities, Catalogue.REFORM, Catalogue.REFORM, following, splitting);
    }

    private static Recoding.Split split(Predicate<Recoding.Split> like) {
        return TIMELINE.units(BEFORE, Level.COMMUNE, null).stream()
                .map(unit -> TIMELINE.recode(new UnitRef(unit.code(), BEFORE), Catalogue.REFORM, Following.PEOPLE))
                .flatMap(recoding -> recoding
                        .<Optional<Recoding.Split>>fold(
                                same -> Optional.empty(),
                                one -> Optional.empty(),
                                Optional::of,
                                ended -> Optional.empty(),
                                unknown -> Optional.empty(),
                                ambiguous -> Optional.empty())
                        .stream())
                .filter(like)
                .findFirst()
                .orElseThrow();
    }

    private static Timeline timeline() {
        Timeline timeline = Timeline.empty();
        for (Map.Entry<LocalDate, List<Decision>> day :
                Catalogue.load().days().headMap(Catalogue.REFORM, true).entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(enacted -> enacted.timeline(), refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        return timeline;
    }
}
