package vn.dvhc.sync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.plan.Vintage;
import vn.dvhc.timeline.Following;

class SnapshotsTest {

    private static final Source NATION = new Source("national", Tier.NATION, null, null, "h:1/n", 1);
    private static final Source COMMUNE = source("commune_30", Tier.COMMUNE, "30");
    private static final Source PROVINCE = source("province_30", Tier.PROVINCE, "30");
    private static final Source OTHER = source("province_31", Tier.PROVINCE, "31");
    private static final Dataset CASES = dataset("case_file", "x");

    @Test
    void wanted_asksForItsOwnRowsOnly_whenASourceJoinsThatHoldsNoCopiesOfOthers() {
        assertThat(wanted(
                        new Plan(List.of(NATION), List.of(CASES)), new Plan(List.of(NATION, COMMUNE), List.of(CASES))))
                .isEqualTo(Map.of("commune_30", Set.of("public.case_file")));
        assertThat(wanted(
                        new Plan(List.of(NATION, COMMUNE), List.of(CASES)),
                        new Plan(List.of(NATION, COMMUNE, OTHER), List.of(CASES))))
                .isEmpty();
    }

    @Test
    void wanted_asksTheOwners_whenADatabaseJoinsThatHoldsTheirCopies() {
        assertThat(wanted(
                        new Plan(List.of(NATION, COMMUNE), List.of(CASES)),
                        new Plan(List.of(NATION, COMMUNE, PROVINCE), List.of(CASES))))
                .isEqualTo(Map.of("commune_30", Set.of("public.case_file")));
    }

    @Test
    void wanted_asksTheOwners_whenADatasetIsNewOrDeclaredOtherwise() {
        Plan before = new Plan(List.of(NATION, COMMUNE), List.of(CASES));
        assertThat(wanted(before, new Plan(List.of(NATION, COMMUNE), List.of(CASES, dataset("household", "x")))))
                .isEqualTo(Map.of("commune_30", Set.of("public.household")));
        assertThat(wanted(before, new Plan(List.of(NATION, COMMUNE), List.of(dataset("case_file", "y")))))
                .isEqualTo(Map.of("commune_30", Set.of("public.case_file")));
    }

    private static Map<String, Set<String>> wanted(Plan before, Plan after) {
        return Snapshots.wanted(Snapshots.copies(before), after);
    }

    private static Source source(String name, Tier tier, String province) {
        return new Source(name, tier, province, LocalDate.of(2025, 6, 30), "h:1/" + name, 1);
    }

    private static Dataset dataset(String name, String column) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "text");
        columns.put("unit_code", "text");
        columns.put("unit_vintage", "date");
        columns.put(column, "text");
        return new Dataset(
                name,
                Tier.COMMUNE,
                "public." + name,
                List.of("id"),
                "unit_code",
                Vintage.ofColumn("unit_vintage"),
                List.of(),
                Following.PEOPLE,
                Set.of(Tier.PROVINCE, Tier.NATION),
                Set.of(),
                Map.of(),
                null,
                columns);
    }
}
