package vn.dvhc.demo.reform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.Place;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitRef;

class CrosswalkTest {

    private static Reform reform;
    private static List<Place> places;

    @BeforeAll
    static void load() {
        reform = Reform.ofCatalogue();
        places = Place.of(reform.before(), Reform.EVE, Reform.PROVINCES, new SplittableRandom(1));
    }

    @Test
    void countryHasTheUnitsOfTheActs() {
        assertThat(reform.before().units(Reform.EVE, Level.PROVINCE, null)).hasSize(63);
        assertThat(reform.before().units(Reform.EVE, Level.DISTRICT, null)).hasSize(696);
        assertThat(reform.before().units(Reform.EVE, Level.COMMUNE, null)).hasSize(10_035);
        assertThat(reform.after().units(Reform.DAY, Level.PROVINCE, null)).hasSize(34);
        assertThat(reform.after().units(Reform.DAY, Level.DISTRICT, null)).isEmpty();
        assertThat(reform.after().units(Reform.DAY, Level.COMMUNE, null)).hasSize(3_321);
    }

    @Test
    void halfOfTheHamletsOfEverySplitPlaceAreAssigned() {
        List<Assignment> assignments = Assignment.forHalfOfEverySplit(places, reform, new Random(1));

        assertThat(assignments.stream().map(Assignment::unit).collect(Collectors.toSet()))
                .hasSize(71);
        assertThat(places).allSatisfy(place -> {
            long assigned = assignments.stream()
                    .filter(assignment -> assignment.unit().equals(place.id()))
                    .count();
            assertThat(assigned).isIn(0L, (long) place.hamlets().size() / 2);
        });
    }

    @Test
    void recordIsMoved_whenItsUnitIsWhollyTaken() {
        Crosswalk crosswalk = new Crosswalk(reform.after(), List.of());

        Placement island = crosswalk.place(Dataset.CASE_FILE, UnitRef.of("318", Reform.EVE), null);

        assertThat(island).isEqualTo(new Placement(Outcome.MOVED, UnitRef.of("11948", Reform.DAY)));
    }

    @Test
    void recordOfASplitUnitIsMoved_whenItsHamletIsAssigned() {
        Place split = place(Following.PEOPLE, Following.LAND);
        List<Assignment> assignments = Assignment.forHalfOfEverySplit(places, reform, new Random(1));
        Assignment decided = assignments.stream()
                .filter(assignment -> assignment.unit().equals(split.id()))
                .findFirst()
                .orElseThrow();

        Placement placement =
                new Crosswalk(reform.after(), assignments).place(Dataset.CASE_FILE, split.eve(), decided.locality());

        assertThat(placement)
                .isEqualTo(new Placement(
                        Outcome.MOVED, new UnitRef(decided.successor().codeAtBirth(), Reform.DAY)));
    }

    @Test
    void recordOfASplitUnitIsQueued_whenItsHamletIsNotAssigned() {
        Place split = place(Following.PEOPLE, Following.LAND);
        Crosswalk crosswalk = new Crosswalk(reform.after(), List.of());

        assertThat(crosswalk.place(Dataset.PERMIT, split.eve(), split.hamlets().get(0)))
                .isEqualTo(new Placement(Outcome.QUEUED, split.eve()));
        assertThat(crosswalk.place(Dataset.CASE_FILE, split.eve(), null))
                .isEqualTo(new Placement(Outcome.QUEUED, split.eve()));
    }

    @Test
    void caseFileNeedsNoQueue_whenOnlyLandIsSplit() {
        List<Place> onlyLand = places.stream()
                .filter(place -> !isSplit(place, Following.PEOPLE) && isSplit(place, Following.LAND))
                .toList();
        Crosswalk crosswalk = new Crosswalk(reform.after(), List.of());

        assertThat(onlyLand).hasSize(14);
        assertThat(onlyLand).allSatisfy(place -> {
            assertThat(crosswalk.place(Dataset.CASE_FILE, place.eve(), null).outcome())
                    .isEqualTo(Outcome.MOVED);
            assertThat(crosswalk.place(Dataset.PERMIT, place.eve(), null).outcome())
                    .isEqualTo(Outcome.QUEUED);
        });
    }

    @Test
    void recordIsRejected_whenNobodyEverBoreItsCode() {
        Placement unknown = new Crosswalk(reform.after(), List.of())
                .place(Dataset.PERMIT, UnitRef.of("99998", Reform.EVE), "Thôn 1");

        assertThat(unknown.outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void placingTwiceEqualsPlacingOnce() {
        Crosswalk crosswalk =
                new Crosswalk(reform.after(), Assignment.forHalfOfEverySplit(places, reform, new Random(1)));

        assertThat(places).allSatisfy(place -> {
            for (Dataset dataset : Dataset.values()) {
                String hamlet = place.hamlets().get(0);
                Placement once = crosswalk.place(dataset, place.eve(), hamlet);
                Placement twice = crosswalk.place(dataset, once.unit(), hamlet);
                assertThat(twice.unit()).isEqualTo(once.unit());
            }
        });
    }

    @Test
    void recordOfAnOldVintageGoesWhereItsUnitGoes() {
        Crosswalk crosswalk = new Crosswalk(reform.after(), List.of());

        assertThat(places).allSatisfy(place -> {
            LocalDate early = place.bearsCodeSince();
            UnitRef old = new UnitRef(place.eve().code(), early);
            assertThat(crosswalk.place(Dataset.CASE_FILE, old, null).outcome())
                    .isEqualTo(crosswalk
                            .place(Dataset.CASE_FILE, place.eve(), null)
                            .outcome());
        });
    }

    private static Place place(Following... following) {
        return places.stream()
                .filter(place -> java.util.Arrays.stream(following).allMatch(each -> isSplit(place, each)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isSplit(Place place, Following following) {
        return reform.after().recode(place.eve(), Reform.DAY, following).kind() == Recoding.Kind.SPLIT;
    }
}
