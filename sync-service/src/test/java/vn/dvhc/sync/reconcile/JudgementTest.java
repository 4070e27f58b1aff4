package vn.dvhc.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.plan.Treatment;
import vn.dvhc.sync.plan.Vintage;
import vn.dvhc.timeline.Following;

class JudgementTest {

    static final Source HOME =
            new Source("commune_30", Tier.COMMUNE, "30", LocalDate.of(2025, 6, 30), "h:1/commune_30", 1);

    private static final End.Stored OURS = stored(1, "u", 10L, 20L, 30L);

    @Test
    void ends_areEqual_whenChecksumAndPresentUnitAre() {
        assertThat(Judgement.isEqual(OURS, stored(1, "u", 10L, 20L, 30L))).isTrue();
        assertThat(Judgement.isEqual(OURS, stored(2, "u", 10L, 21L, 30L))).isFalse();
        assertThat(Judgement.isEqual(OURS, stored(1, "v", 10L, 20L, 30L))).isFalse();
        assertThat(Judgement.isEqual(OURS, null)).isFalse();
        assertThat(Judgement.isEqual(null, OURS)).isFalse();
        assertThat(Judgement.isEqual(null, null)).isTrue();
    }

    @Test
    void recordWithAnUnreadableUnit_isRightlyNotAtTheCopy() {
        End.Stored unreadable = stored(1, PresentUnits.UNREADABLE, 1L, 2L, 3L);

        assertThat(Judgement.isEqual(unreadable, null)).isTrue();
        assertThat(Judgement.isEqual(unreadable, OURS)).isFalse();
    }

    @Test
    void record_isStill_whenItsOwnerDidNotTouchItBetweenTwoReadings() {
        assertThat(Judgement.isStill(OURS.reading(), OURS)).isTrue();
        assertThat(Judgement.isStill(null, null)).isTrue();
        assertThat(Judgement.isStill(null, OURS)).isFalse();
        assertThat(Judgement.isStill(OURS.reading(), null)).isFalse();
        assertThat(Judgement.isStill(OURS.reading(), stored(2, "u", 1L, 2L, 3L)))
                .isFalse();
    }

    @Test
    void difference_namesKindHashesAndColumns() {
        End.Stored theirs = stored(5, "v", 10L, 21L, 30L);

        assertThat(difference(OURS, theirs))
                .isEqualTo(new Difference(
                        "30-1",
                        Difference.Kind.DIFFERENT,
                        "u",
                        1L,
                        5L,
                        List.of("status", "unit_code"),
                        Difference.Repair.NONE));
        assertThat(difference(OURS, null).kind()).isEqualTo(Difference.Kind.MISSING);
        assertThat(difference(null, theirs))
                .isEqualTo(new Difference(
                        "30-1", Difference.Kind.EXTRA, "v", null, 5L, List.of(), Difference.Repair.NONE));
    }

    @Test
    void tally_countsByKindAndUnit_andWhatIsRepairedIsNotOpen() {
        Tally tally = new Tally();
        tally.count(difference(OURS, null));
        tally.count(difference(OURS, null).with(Difference.Repair.REPAIRED));
        tally.count(difference(null, stored(5, "v", 1L, 2L, 3L)));
        tally.count(difference(OURS, stored(5, "u", 1L, 2L, 3L)).with(Difference.Repair.REFUSED));

        assertThat(List.of(tally.missing(), tally.extra(), tally.different(), tally.late(), tally.repaired()))
                .containsExactly(2L, 1L, 1L, 0L, 1L);
        assertThat(tally.lacking()).isEqualTo(1);
        assertThat(tally.open()).isEqualTo(3);
        assertThat(tally.ofUnit("u"))
                .isNotNull()
                .satisfies(unit -> assertThat(unit.open()).isEqualTo(2));
        assertThat(tally.ofUnit("w")).isNull();
    }

    private static Difference difference(End.Stored owner, End.Stored copy) {
        return Judgement.difference(dataset(Map.of()), "30-1", Judgement.kind(owner, copy), owner, copy);
    }

    private static End.Stored stored(long hash, String unit, Long... columns) {
        return new End.Stored(new Reading(hash, unit), List.of(columns));
    }

    static Dataset dataset(Map<String, Treatment> personal) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("case_number", "text");
        columns.put("unit_code", "text");
        columns.put("unit_vintage", "date");
        columns.put("status", "text");
        columns.put("head_id", "text");
        personal.keySet().forEach(column -> columns.putIfAbsent(column, "text"));
        return new Dataset(
                "case_file",
                Tier.COMMUNE,
                "public.case_file",
                List.of("case_number"),
                "unit_code",
                Vintage.ofColumn("unit_vintage"),
                List.of(),
                Following.PEOPLE,
                Set.of(Tier.NATION),
                Set.of(),
                personal,
                null,
                columns);
    }
}
