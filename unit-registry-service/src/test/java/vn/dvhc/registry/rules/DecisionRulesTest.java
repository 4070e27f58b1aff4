package vn.dvhc.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.dvhc.registry.rules.Changes.abolish;
import static vn.dvhc.registry.rules.Changes.create;
import static vn.dvhc.registry.rules.Changes.decision;
import static vn.dvhc.registry.rules.Changes.part;
import static vn.dvhc.registry.rules.Changes.pass;
import static vn.dvhc.registry.rules.Changes.reclassify;
import static vn.dvhc.registry.rules.Changes.recode;
import static vn.dvhc.registry.rules.Changes.reform;
import static vn.dvhc.registry.rules.Changes.rename;
import static vn.dvhc.registry.rules.Changes.reparent;
import static vn.dvhc.registry.rules.Changes.whole;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.timeline.Refusal;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** Each rule with a decision that breaks it and no other, over a country of two provinces. */
class DecisionRulesTest {

    private static final LocalDate START = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 6, 1);
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 31);
    private static final LocalDate EARLIER = LocalDate.of(2027, 2, 1);
    private static final LocalDate DAY = LocalDate.of(2027, 3, 1);
    private static final LocalDate LATER = LocalDate.of(2027, 4, 1);
    private static final String NO_NFC = "Bi\u0300nh Minh";

    private static final Timeline REGISTER = register(START, LAST);

    /** Told only when the register is derived again with a correction in it. */
    private static final EnumSet<Refusal.Code> OF_CORRECTIONS =
            EnumSet.range(Refusal.Code.DATE_NOT_ENACTED, Refusal.Code.PLACE_TAKEN);

    /** {@link PlanRulesTest} has their cases: they are told of an approval, not of what a decision says. */
    private static final EnumSet<Rule> OF_PLANS =
            EnumSet.of(Rule.PLAN_UNKNOWN, Rule.PLAN_OF_EARLIER_DRAFT, Rule.PLAN_NOT_INTACT, Rule.PLAN_INCOMPLETE);

    /** @param subject of the one finding */
    private record Case(String rule, String subject, Proposal proposal, Timeline register, List<Decision> scheduled) {
        @Override
        public String toString() {
            return rule;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decisionThatBreaksOneRule_isFoundOutByThatRule(Case broken) {
        List<Finding> findings = findings(broken);

        List<Finding> errors = findings.stream().filter(Finding::isError).toList();
        List<Finding> telling = errors.isEmpty() ? findings : errors;
        assertThat(telling).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(broken.rule());
            assertThat(found.subject()).isEqualTo(broken.subject());
            assertThat(found.message()).endsWith(".").doesNotContain("%");
            assertThat(found.messageEn()).contains(broken.subject()).endsWith(".");
        });
    }

    @Test
    void everyRule_hasItsCase() {
        Set<String> rules = new HashSet<>();
        EnumSet.complementOf(OF_PLANS).forEach(rule -> rules.add(rule.name()));
        EnumSet.complementOf(OF_CORRECTIONS).forEach(code -> rules.add(code.name()));

        assertThat(cases().map(Case::rule)).containsAll(rules);
    }

    @ParameterizedTest
    @EnumSource(Refusal.Code.class)
    void everyRefusalOfTheTimeline_isToldInBothLanguages(Refusal.Code code) {
        Finding found = Refusals.finding(new Refusal(code, "00004", "Đơn vị 00004 không hợp lệ."));

        assertThat(found.code()).isEqualTo(code.name());
        assertThat(found.message()).isEqualTo("Đơn vị 00004 không hợp lệ.");
        assertThat(found.messageEn()).contains("00004").endsWith(".");
    }

    @Test
    void soundDecision_isFoundWithoutFault() {
        Proposal sound = reform(decision(
                "merge",
                DAY,
                abolish("00001"),
                abolish("00002"),
                create("00001", UnitType.WARD, "Hòa An", "01"),
                whole("00001", "00001"),
                part("00002", "00001", Portion.PART),
                part("00002", "00003", Portion.REST),
                reparent("00003", "02"),
                reparent("00004", "01"),
                part("00004", "00005", Portion.PART_OF_AREA)));

        List<Finding> findings = findings(new Case("none", "none", sound, REGISTER, List.of()));

        assertThat(findings).extracting(Finding::code).containsExactly(Rule.SPLIT_CROSSES_PROVINCES.name());
    }

    @Test
    void everyProblem_isToldAtOnce_errorsFirst() {
        Proposal bad = reform(decision(
                "bad", DAY, abolish("00001"), rename("00002", " x"), rename("99999", "Y"), reparent("00003", "01")));

        assertThat(findings(new Case("many", "many", bad, REGISTER, List.of())))
                .extracting(Finding::code)
                .containsExactly("NAME_UNTIDY", "UNIT_UNKNOWN", "UNIT_ENDS_WITHOUT_SUCCESSOR", "CHANGE_WITHOUT_EFFECT");
    }

    @Test
    void scheduledDecision_isJudgedInItsOwnPlaceAndNotAgainstItself() {
        Decision scheduled = decision("scheduled", DAY, rename("00001", "Khác"));

        assertThat(findings(new Case("none", "none", reform(scheduled), REGISTER, List.of(scheduled))))
                .isEmpty();
    }

    @Test
    void catalogueImport_mayBeOfThePast() {
        LocalDate past = LAST.plusDays(1);
        Proposal imported = new Proposal(
                decision("catalogue", past, rename("00001", "Khác")),
                Proposal.Kind.CATALOGUE,
                Set.of(),
                Set.of(Changes.ACT));

        assertThat(findings(new Case("none", "none", imported, REGISTER, List.of())))
                .isEmpty();
    }

    @Test
    void correctionOfAPastDay_isJudgedByItsOwnWords() {
        Proposal correction =
                correction(START, abolish("00001"), part("00001", "00002", Portion.PART), rename("00003", " x"));

        assertThat(findings(new Case("none", "none", correction, REGISTER, List.of())))
                .extracting(Finding::code)
                .containsExactly("NAME_UNTIDY", "PARTIAL_EDGE_ALONE");
    }

    private static List<Finding> findings(Case of) {
        NavigableMap<LocalDate, List<Decision>> scheduled = new TreeMap<>();
        of.scheduled().forEach(decision -> scheduled.put(decision.effectiveDate(), List.of(decision)));
        return DecisionRules.findings(of.proposal(), of.register(), scheduled, TODAY);
    }

    private static Stream<Case> cases() {
        return Stream.of(calendar(), successions(), codesAndNames(), references(), doubts())
                .flatMap(List::stream);
    }

    private static List<Case> calendar() {
        return List.of(
                of(Rule.DATE_NOT_IN_FUTURE, TODAY, reform(decision("late", TODAY, rename("00001", "Khác")))),
                of(
                        Rule.CORRECTION_OF_A_DAY_TO_COME,
                        LAST.plusDays(1),
                        correction(LAST.plusDays(1), rename("00001", "Khác"))),
                new Case(
                        "DATE_NOT_AFTER_LAST",
                        LAST.toString(),
                        new Proposal(
                                decision("old", LAST, rename("00001", "Khác")),
                                Proposal.Kind.CATALOGUE,
                                Set.of(),
                                Set.of(Changes.ACT)),
                        REGISTER,
                        List.of()),
                of(
                        Rule.TOUCHED_BY_ANOTHER_DECISION,
                        "00003",
                        day(rename("00003", "Khác")),
                        decision("other", DAY, reparent("00003", "02"))),
                of(
                        Rule.LATER_DAY_NO_LONGER_HOLDS,
                        "00001",
                        day(abolish("00001"), whole("00001", "00002")),
                        decision("later", LATER, rename("00001", "Khác"))),
                of(
                        Rule.OTHERS_OF_THE_DAY_FAIL,
                        DAY,
                        day(rename("00003", "Khác")),
                        decision("other", DAY, rename("99999", "Không có"))),
                of(
                        Rule.SCHEDULED_DAY_FAILS,
                        EARLIER,
                        day(rename("00003", "Khác")),
                        decision("earlier", EARLIER, rename("99999", "Không có"))),
                of(
                        Rule.SCHEDULED_DAY_FAILS,
                        LATER,
                        day(rename("00003", "Khác")),
                        decision("later", LATER, rename("99999", "Không có"))));
    }

    private static List<Case> successions() {
        return List.of(
                of(Rule.UNIT_ENDS_WITHOUT_SUCCESSOR, "00001", day(abolish("00001"))),
                of(
                        Rule.ENDED_ON_PURPOSE_HAS_SUCCESSOR,
                        "00001",
                        reform(decision("d", DAY, abolish("00001"), whole("00001", "00002")), "00001")),
                of(
                        Rule.ENDED_ON_PURPOSE_GOES_ON,
                        "00001",
                        reform(decision("d", DAY, rename("00001", "Khác")), "00001")),
                of(
                        Rule.FULL_EDGE_BESIDE_OTHERS,
                        "00001",
                        day(abolish("00001"), whole("00001", "00002"), part("00001", "00003", Portion.PART))),
                of(Rule.PARTIAL_EDGE_ALONE, "00001", day(abolish("00001"), part("00001", "00002", Portion.REST))),
                of(
                        Rule.REST_MISSING,
                        "00001",
                        day(
                                abolish("00001"),
                                part("00001", "00002", Portion.PART),
                                part("00001", "00003", Portion.PART))),
                of(
                        Rule.REST_TWICE,
                        "00001",
                        day(
                                abolish("00001"),
                                part("00001", "00002", Portion.REST),
                                part("00001", "00003", Portion.REST))),
                of(Rule.REST_OF_UNIT_THAT_GOES_ON, "00001", day(part("00001", "00002", Portion.REST))),
                of(
                        Rule.PORTION_CONTRADICTS_EXTENT,
                        "00001",
                        day(abolish("00001"), pass("00001", "00002", Extent.FULL, Portion.PART))),
                of(
                        Rule.PORTION_CONTRADICTS_EXTENT,
                        "00001",
                        day(
                                abolish("00001"),
                                part("00001", "00002", Portion.WHOLE),
                                part("00001", "00003", Portion.REST))),
                of(
                        Rule.PORTION_CONTRADICTS_EXTENT,
                        "00001",
                        day(abolish("00001"), pass("00001", "00002", Extent.UNKNOWN, Portion.REST))),
                of(
                        Rule.ALL_PEOPLE_TAKEN_TWICE,
                        "00001",
                        day(
                                abolish("00001"),
                                part("00001", "00002", Portion.PART_OF_AREA_ALL_PEOPLE),
                                part("00001", "00003", Portion.PART),
                                part("00001", "00006", Portion.REST))));
    }

    private static List<Case> codesAndNames() {
        LocalDate old = LocalDate.of(2020, 1, 1);
        return List.of(
                of(Rule.TYPE_DOES_NOT_FIT_CODE, "00001", day(reclassify("00001", UnitType.PROVINCE))),
                of(
                        Rule.CODE_NOT_INHERITED,
                        "00001",
                        day(
                                abolish("00001"),
                                whole("00001", "00002"),
                                create("00001", UnitType.WARD, "Mới", "01"),
                                part("00003", "00001", Portion.PART))),
                of(
                        Rule.CODE_NOT_INHERITED,
                        "00001",
                        day(abolish("00001"), whole("00001", "00002"), recode("00003", "00001"))),
                of(Rule.NAME_NOT_NFC, "00001", day(rename("00001", NO_NFC))),
                of(Rule.NAME_UNTIDY, "00001", day(rename("00001", "Hai  dấu cách"))),
                of(Rule.NAME_UNTIDY, "00001", day(rename("00001", "Ẩn\u200bdấu"))),
                of(Rule.STATED_TWICE, "00001", day(rename("00001", "Một"), rename("00001", "Hai"))),
                of("NAME_NOT_UNIQUE", "00003@2026-01-01", day(rename("00003", "Bình"))),
                new Case(
                        "NAME_NOT_UNIQUE",
                        "00003",
                        new Proposal(
                                decision("old", old.plusYears(1), rename("00003", "Bình")),
                                Proposal.Kind.CATALOGUE,
                                Set.of(),
                                Set.of(Changes.ACT)),
                        register(old, old.plusMonths(1)),
                        List.of()));
    }

    private static List<Case> references() {
        return List.of(
                of("UNIT_UNKNOWN", "99999", day(rename("99999", "Không có"))),
                of(
                        "CODE_IN_USE",
                        "00002",
                        day(create("00002", UnitType.WARD, "Mới", "01"), part("00001", "00002", Portion.PART))),
                of(
                        "BORN_TWICE",
                        "00010@2027-03-01",
                        reform(
                                decision("d", DAY, create("00010", UnitType.WARD, "Mới", "01"), abolish("00010")),
                                "00010")),
                of("PARENT_UNKNOWN", "00001@2026-01-01", day(reparent("00001", "77"))),
                of("PARENT_NOT_IN_FORCE", "00001@2026-01-01", day(reparent("00001", "00002"))),
                of(
                        "PARENT_MISSING",
                        "00010@2027-03-01",
                        day(create("00010", UnitType.WARD, "Mới", null), part("00001", "00010", Portion.PART))),
                of("CHILDREN_LEFT", "02@2026-01-01", reform(decision("d", DAY, abolish("02")), "02")),
                of("EDGE_FROM_NOT_IN_FORCE", "99999", day(part("99999", "00001", Portion.PART))),
                of("EDGE_TO_NOT_IN_FORCE", "99999", day(part("00001", "99999", Portion.PART))),
                of("EDGE_TO_ITSELF", "00001@2026-01-01", day(part("00001", "00001", Portion.PART))),
                of(
                        "EDGE_TWICE",
                        "00001@2026-01-01",
                        day(part("00001", "00002", Portion.PART), part("00001", "00002", Portion.PART))),
                of("FULL_EDGE_OF_UNIT_THAT_GOES_ON", "00001@2026-01-01", day(whole("00001", "00002"))),
                of("LEVEL_CHANGED", "00001@2026-01-01", day(recode("00001", "001"))));
    }

    private static List<Case> doubts() {
        UnitChange unfounded = new UnitChange.Rename(UnitCode.of("00001"), "Khác", Basis.NONE);
        UnitChange otherwiseFounded = new UnitChange.Rename(UnitCode.of("00001"), "Khác", Basis.ofActs("2/NQ"));
        return List.of(
                of(
                        Rule.WHOLE_AREA_BUT_NOT_ALL_PEOPLE,
                        "00001",
                        day(
                                abolish("00001"),
                                part("00001", "00002", Portion.WHOLE),
                                part("00001", "00003", Portion.PART_OF_PEOPLE),
                                part("00001", "00006", Portion.REST))),
                of(
                        Rule.UNIT_LEFT_WITHOUT_PEOPLE,
                        "00001",
                        day(part("00001", "00002", Portion.PART_OF_AREA_ALL_PEOPLE))),
                of(
                        Rule.EXTENT_UNKNOWN,
                        "00001",
                        day(abolish("00001"), pass("00001", "00002", Extent.UNKNOWN, Portion.UNSTATED))),
                of(Rule.EDGE_CROSSES_LEVELS, "00001", day(abolish("00001"), whole("00001", "01"))),
                of(
                        Rule.SPLIT_CROSSES_PROVINCES,
                        "00001",
                        day(
                                abolish("00001"),
                                part("00001", "00002", Portion.PART),
                                part("00001", "00004", Portion.REST))),
                of(
                        Rule.NEW_UNIT_WITHOUT_PREDECESSOR,
                        "00010",
                        day(create("00010", UnitType.SPECIAL_ZONE, "Đảo Mới", "01"))),
                of(
                        Rule.CODE_REUSED,
                        "00009",
                        day(create("00009", UnitType.WARD, "Mới", "01"), part("00001", "00009", Portion.PART))),
                of(Rule.CODE_REUSED, "00009", day(recode("00001", "00009"))),
                of(Rule.TYPE_NO_LONGER_IN_USE, "00001", day(reclassify("00001", UnitType.TOWNSHIP))),
                of(Rule.NAME_CONFUSABLE, "00003", day(rename("00003", "Bính"))),
                of(Rule.CHANGE_WITHOUT_EFFECT, "00002", day(rename("00002", "Bình"))),
                of(Rule.CHANGE_WITHOUT_EFFECT, "00002", day(reclassify("00002", UnitType.RURAL_COMMUNE))),
                of(Rule.CHANGE_WITHOUT_EFFECT, "00002", day(reparent("00002", "01"))),
                of(Rule.ACT_NOT_DESCRIBED, "2/NQ", day(otherwiseFounded)),
                of(Rule.NO_LEGAL_BASIS, "00001", day(unfounded)));
    }

    private static Case of(Rule rule, Object subject, Proposal proposal, Decision... scheduled) {
        return new Case(rule.name(), subject.toString(), proposal, REGISTER, List.of(scheduled));
    }

    private static Case of(String rule, String subject, Proposal proposal) {
        return new Case(rule, subject, proposal, REGISTER, List.of());
    }

    private static Proposal day(UnitChange... changes) {
        return reform(decision("d", DAY, changes));
    }

    private static Proposal correction(LocalDate date, UnitChange... changes) {
        return new Proposal(
                decision("correction", date, changes), Proposal.Kind.CORRECTION, Set.of(), Set.of(Changes.ACT));
    }

    /** Province 01 with communes 00001, 00002, 00003 and 00006, province 02 with 00004 and 00005; 00009 has ended. */
    private static Timeline register(LocalDate start, LocalDate last) {
        NavigableMap<LocalDate, List<Decision>> days = new TreeMap<>();
        days.put(
                start,
                List.of(decision(
                        "start",
                        start,
                        create("01", UnitType.PROVINCE, "Thượng", null),
                        create("02", UnitType.PROVINCE, "Hạ", null),
                        create("00001", UnitType.RURAL_COMMUNE, "An", "01"),
                        create("00002", UnitType.RURAL_COMMUNE, "Bình", "01"),
                        create("00003", UnitType.RURAL_COMMUNE, "Cao", "01"),
                        create("00006", UnitType.RURAL_COMMUNE, "Giang", "01"),
                        create("00009", UnitType.RURAL_COMMUNE, "Khê", "01"),
                        create("00004", UnitType.RURAL_COMMUNE, "Dương", "02"),
                        create("00005", UnitType.RURAL_COMMUNE, "Đông", "02"))));
        days.put(last, List.of(decision("last", last, abolish("00009"), whole("00009", "00006"))));
        return Catalogues.with(Timeline.empty(), days);
    }
}
