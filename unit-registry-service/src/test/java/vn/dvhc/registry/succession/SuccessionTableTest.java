package vn.dvhc.registry.succession;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.registry.rules.DecisionRules;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.Proposal;
import vn.dvhc.registry.table.LineProblem;
import vn.dvhc.registry.table.Tables;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

class SuccessionTableTest {

    private static final String HEADER =
            "from_code|from_level|to_code|to_level|extent|portion|legal_basis|clause|to_type|to_name|to_parent";
    private static final Timeline EVE = Catalogues.until(Catalogues.EVE);
    private static final Timeline REFORMED = Catalogues.until(Catalogue.REFORM);
    private static final LocalDate LATER = LocalDate.of(2026, 1, 1);

    @Test
    void tableOfTheReform_enactsToTheSameRegister() {
        Succession succession =
                Tables.read(SuccessionTable.read(Tables.of(HEADER, linesOfTheReform()), EVE, Catalogue.REFORM));

        Decision decision = new Decision(new DecisionId("csv"), Catalogue.REFORM, "Sắp xếp", succession.changes());
        assertThat(Catalogues.enacted(EVE.enact(Catalogue.REFORM, List.of(decision)))
                        .timeline()
                        .digest())
                .isEqualTo(REFORMED.digest());
        assertThat(DecisionRules.findings(
                        new Proposal(decision, Proposal.Kind.REFORM, succession.endedOnPurpose(), Set.of()),
                        EVE,
                        new TreeMap<>(),
                        Catalogues.EVE))
                .noneMatch(Finding::isError);
    }

    @Test
    void unitThatGoesOn_needsNoMoreThanItsRow() {
        // Without the rows of districts and without optional cells, a commune comes under its province's successor.
        Succession succession = Tables.read(SuccessionTable.read(
                Tables.of(
                        HEADER,
                        "02|province|08|province|full|toàn bộ|202/2025/QH15||tỉnh|Tuyên Quang|",
                        "08|province|08|province|full|toàn bộ|202/2025/QH15||||",
                        "00694|commune|00694|commune|full|giữ nguyên|1684/NQ-UBTVQH15|1|||"),
                EVE,
                Catalogue.REFORM));

        assertThat(EVE.unit(UnitCode.of("00694"), Catalogues.EVE)).isPresent();
        assertThat(succession.changes())
                .filteredOn(change -> change.code().value().equals("00694"))
                .singleElement()
                .isInstanceOfSatisfying(
                        UnitChange.Reparent.class,
                        move -> assertThat(move.parent()).isEqualTo(UnitCode.of("08")));
    }

    @Test
    void receiverThatIsNoGiver_goesOn() {
        Succession succession = Tables.read(SuccessionTable.read(
                Tables.of(
                        HEADER,
                        "00008|commune|00004|commune|partial|một phần|1/NQ|1|||",
                        "00008|commune|00025|commune|partial|phần còn lại|1/NQ|2|||",
                        "00070|commune|||||1/NQ||||"),
                REFORMED,
                LATER));

        assertThat(succession.changes())
                .extracting(UnitChange::kind, change -> change.code().value())
                .containsExactly(
                        tuple(UnitChange.Kind.ABOLISH, "00008"),
                        tuple(UnitChange.Kind.ABOLISH, "00070"),
                        tuple(UnitChange.Kind.SUCCEED, "00008"),
                        tuple(UnitChange.Kind.SUCCEED, "00008"));
        assertThat(succession.endedOnPurpose()).containsExactly(UnitCode.of("00070"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0000|commune|00004|commune|full|toàn bộ|1/NQ||||       ; from_code",
                "00008|ward|00004|commune|full|toàn bộ|1/NQ||||         ; from_level",
                "00008|province|00004|commune|full|toàn bộ|1/NQ||||     ; from_level",
                "00008|commune||commune|full|toàn bộ|1/NQ||||           ; to_code",
                "00008|commune|00004|commune|whole|toàn bộ|1/NQ||||     ; extent",
                "00008|commune|00004|commune|full|tất cả|1/NQ||||       ; portion",
                "00008|commune|00004|commune|full|giữ nguyên|1/NQ||||   ; portion",
                "00008|commune|00008|commune|partial|giữ nguyên|1/NQ||||; portion",
                "99999|commune|99999|commune|full|giữ nguyên|1/NQ||||   ; from_code",
                "00008|commune|99998|commune|full|toàn bộ|1/NQ|||Mới|01 ; to_type",
                "00008|commune|99998|commune|full|toàn bộ|1/NQ||phường||01; to_name",
                "00008|commune|99998|commune|full|toàn bộ|1/NQ||phường|Mới|; to_parent",
                "00008|commune|99998|commune|full|toàn bộ|1/NQ||khóm|Mới|01; to_type",
                "00008|commune|99998|commune|full|toàn bộ|1/NQ||phường|Mới|1; to_parent",
            })
    void faultyLine_isToldWithItsColumn(String line, String column) {
        List<LineProblem> problems = Tables.problems(SuccessionTable.read(
                Tables.of(HEADER, "00025|commune|00025|commune|full|giữ nguyên|1/NQ||||", line.strip()),
                REFORMED,
                LATER));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.messageEn()).isNotBlank();
        });
    }

    @Test
    void repeatedLineAndContradictingNames_areTold() {
        List<LineProblem> problems = Tables.problems(SuccessionTable.read(
                Tables.of(
                        HEADER,
                        "00008|commune|99998|commune|full|toàn bộ|1/NQ||phường|Mới|01",
                        "00004|commune|99998|commune|full|toàn bộ|1/NQ||phường|Cũ|01",
                        "00004|commune|99998|commune|partial|một phần|1/NQ||||"),
                REFORMED,
                LATER));

        assertThat(problems)
                .extracting(LineProblem::line, LineProblem::column)
                .containsExactly(tuple(4, ""), tuple(3, "to_name"));
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }

    /** The reform as such a table would tell it, out of the catalogue. */
    private static List<String> linesOfTheReform() {
        List<UnitChange> changes = Catalogues.DAYS.get(Catalogue.REFORM).stream()
                .flatMap(act -> act.changes().stream())
                .toList();
        Map<UnitCode, UnitChange.Create> created = new HashMap<>();
        Map<UnitCode, UnitChange> ended = new HashMap<>();
        Map<UnitCode, String> renamed = new HashMap<>();
        Set<UnitCode> giving = new HashSet<>();
        NavigableMap<UnitCode, UnitChange> kept = new TreeMap<>();
        for (UnitChange change : changes) {
            switch (change.kind()) {
                case CREATE -> created.put(change.code(), (UnitChange.Create) change);
                case ABOLISH -> ended.put(change.code(), change);
                case RENAME -> renamed.put(change.code(), ((UnitChange.Rename) change).name());
                case REPARENT -> kept.put(change.code(), change);
                case SUCCEED -> giving.add(change.code());
                case RECLASSIFY, RECODE -> throw new AssertionError("The reform had none");
            }
        }
        List<String> lines = new ArrayList<>();
        for (Unit province : EVE.units(Catalogues.EVE, Level.PROVINCE, null)) {
            if (!ended.containsKey(province.code())) {
                lines.add(keep(province.code(), "202/2025/QH15", "", ""));
            }
        }
        kept.forEach(
                (code, change) -> lines.add(keep(code, acts(change), clause(change), renamed.getOrDefault(code, ""))));
        for (UnitChange change : changes) {
            if (change instanceof UnitChange.Succeed edge) {
                UnitChange.Create create = created.get(edge.to());
                lines.add(String.join(
                        "|",
                        edge.code().value(),
                        edge.code().level().label(),
                        edge.to().value(),
                        edge.to().level().label(),
                        edge.extent().label(),
                        edge.portion().words(),
                        acts(edge),
                        clause(edge),
                        create == null ? "" : create.type().label(),
                        create == null ? "" : create.name(),
                        create == null || create.parent() == null
                                ? ""
                                : create.parent().value()));
            }
        }
        ended.forEach((code, change) -> {
            if (code.level() == Level.DISTRICT) {
                lines.add(String.join(
                        "|", code.value(), "district", "", "", "", "", acts(change), clause(change), "", "", ""));
            }
        });
        assertThat(giving).hasSizeGreaterThan(9_000);
        return lines;
    }

    private static String keep(UnitCode code, String acts, String clause, String name) {
        String level = code.level().label();
        return String.join(
                "|", code.value(), level, code.value(), level, "full", "giữ nguyên", acts, clause, "", name, "");
    }

    private static String acts(UnitChange change) {
        return change.basis().actNumbers().stream().collect(Collectors.joining("; "));
    }

    private static String clause(UnitChange change) {
        String clause = change.basis().clause();
        return clause == null ? "" : clause;
    }
}
