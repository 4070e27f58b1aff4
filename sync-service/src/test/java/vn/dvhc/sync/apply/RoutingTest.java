package vn.dvhc.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.sync.capture.Batch;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.Edit;
import vn.dvhc.sync.capture.Origin;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.journal.Noted;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.PlanReader;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.sync.units.Deciders;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;

/** Where changes go before and after the real reform: 30 (Hải Dương) became part of 31 (Hải Phòng). */
class RoutingTest {

    private static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);
    private static final Plan PLAN = plan();
    private static final Chronicle ALL = chronicle(Catalogue.REFORM);
    private static final Chronicle UNTIL_BEFORE = chronicle(BEFORE);

    @Test
    void change_goesToTheNationAndItsProvince_beforeTheReform() {
        Routing routing = routing(UNTIL_BEFORE, Set.of(), change("10507", false));

        assertThat(routing.copies().keySet())
                .extracting(Source::name)
                .containsExactlyInAnyOrder("national", "province_30");
        assertThat(routing.copies().values())
                .allSatisfy(share -> assertThat(share.changes()).hasSize(1));
        assertThat(routing.rebases()).isEmpty();
    }

    @Test
    void change_leavesAClosedLaneOut_andItsPositionToo() {
        Routing routing = routing(UNTIL_BEFORE, Set.of(new Lane("commune_30", "province_30")), change("10507", false));

        assertThat(routing.copies().keySet()).extracting(Source::name).containsExactly("national");
    }

    @Test
    void change_ofAFormerHome_goesToTheNewOneAlone_afterTheReform() {
        Routing routing = routing(ALL, Set.of(), change("10507", false));

        assertThat(routing.rebases().keySet()).extracting(Source::name).containsExactly("commune_31");
        Share national = share(routing.copies(), "national");
        assertThat(national.changes()).isEmpty();
        assertThat(national.next().values())
                .as("how far it is, is known all the same")
                .containsExactly(8L);
    }

    @Test
    void change_ofAFormerHome_waits_whileItsRecordsAreHandedOver() {
        Routing routing = routing(ALL, Set.of(new Lane("commune_30", "commune_31")), change("10507", false));

        assertThat(routing.rebases()).isEmpty();
        assertThat(routing.recodings()).isEmpty();
    }

    @Test
    void deletion_atAFormerHome_endsTheNationsCopyToo_ifTheRecordNeverMoved() {
        Routing routing = routing(ALL, Set.of(), change("10507", true));

        assertThat(share(routing.rebases(), "commune_31").changes()).hasSize(1);
        assertThat(share(routing.copies(), "national").changes()).hasSize(1);
    }

    @Test
    void change_underAnUnknownUnit_isALetterOfTheNation_andALineInTheNewHomesLedger() {
        Routing routing = routing(ALL, Set.of(), change("99999", false));

        assertThat(share(routing.copies(), "national").deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.detail()).contains("Không có đơn vị nào"));
        assertThat(routing.recodings().keySet()).extracting(Source::name).containsExactly("commune_31");
        assertThat(routing.recodings().values().iterator().next().rejected()).hasSize(1);
    }

    @Test
    void record_thatIsOutdatedAndThenRight_isSettled_whereItLives() {
        Change outdated = change("commune_31", "318", "2025-06-30", 7);
        Change right = change("commune_31", "11948", "2025-07-01", 8);

        Recodings work = routing(ALL, Set.of(), outdated, right)
                .recodings()
                .values()
                .iterator()
                .next();

        assertThat(work.home().name()).isEqualTo("commune_31");
        assertThat(work.settled().values()).containsExactly(Set.of("K"));
        assertThat(work.outdated().values()).allSatisfy(keys -> assertThat(keys).isEmpty());
    }

    @Test
    void edit_isNoted_whateverBecomesOfItsChange_andWhereTheNationIsOpen() {
        Change atHome = edited(change("commune_31", "11948", "2025-07-01", 7));
        Change late = edited(change("commune_30", "10510", "2025-06-30", 7));
        Change refused = edited(change("commune_31", "99998", "2025-06-30", 7));

        assertThat(share(routing(ALL, Set.of(), atHome).copies(), "national").notes())
                .containsExactly(new Noted(atHome, false));
        assertThat(share(routing(ALL, Set.of(), late).copies(), "national").notes())
                .containsExactly(new Noted(late, true));
        assertThat(share(routing(ALL, Set.of(), refused).copies(), "national").notes())
                .containsExactly(new Noted(refused, false));
        assertThat(routing(ALL, Set.of(new Lane("commune_31", "national")), atHome)
                        .copies())
                .allSatisfy((database, share) -> assertThat(share.notes()).isEmpty());
        assertThat(share(
                                routing(ALL, Set.of(), change("commune_31", "11948", "2025-07-01", 7))
                                        .copies(),
                                "national")
                        .notes())
                .isEmpty();
    }

    private static Change edited(Change change) {
        return new Change(
                change.origin(),
                change.source(),
                change.dataset(),
                change.key(),
                change.values(),
                change.deleted(),
                change.position(),
                change.kind(),
                change.transaction(),
                change.committedAt(),
                change.message(),
                new Edit(Edit.Kind.EDITED, Map.of("status", "a"), Map.of("status", "b")));
    }

    private static Share share(Map<Source, Share> shares, String database) {
        return shares.entrySet().stream()
                .filter(share -> share.getKey().name().equals(database))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static Routing routing(Chronicle chronicle, Set<Lane> closed, Change... changes) {
        UnitKnowledge.State state = new UnitKnowledge.State(chronicle, Localities.none());
        Progress.Place place = Progress.Place.of(changes[0].origin());
        Batch batch = new Batch(List.of(changes), List.of(), Map.of(place, 7L), Map.of(place, 7L + changes.length));
        return new Routing(
                        PLAN,
                        Homes.of(PLAN, state.timeline()),
                        new Deciders(state, Catalogue.REFORM),
                        lane -> !closed.contains(lane))
                .add(batch);
    }

    private static Change change(String code, boolean deleted) {
        Change change = change("commune_30", code, "2025-06-30", 7);
        return new Change(
                change.origin(),
                change.source(),
                change.dataset(),
                change.key(),
                change.values(),
                deleted,
                change.position(),
                change.kind(),
                change.transaction(),
                change.committedAt(),
                change.message());
    }

    private static Change change(String source, String code, String vintage, long offset) {
        return new Change(
                new Origin("cdc." + source + ".public.case_file", 0, offset),
                PLAN.source(source).orElseThrow(),
                PLAN.dataset("case_file").orElseThrow(),
                "K",
                Arrays.asList("K", code, vintage),
                false,
                offset,
                Change.Kind.CHANGE,
                1L,
                Instant.EPOCH,
                "{}");
    }

    private static Plan plan() {
        PlanReader.Declared declared = PlanReader.parse("""
                sources:
                  - {name: national, tier: nation, epoch: 1, database: "h:1/national"}
                  - {name: commune_30, tier: commune, province: "30", vintage: 2025-06-30, epoch: 1, database: "h:1/c30"}
                  - {name: province_30, tier: province, province: "30", vintage: 2025-06-30, epoch: 1, database: "h:1/p30"}
                  - {name: commune_31, tier: commune, province: "31", vintage: 2025-06-30, epoch: 1, database: "h:1/c31"}
                datasets:
                  - name: case_file
                    owner: commune
                    table: public.case_file
                    key: case_number
                    unit: unit_code
                    vintage: unit_vintage
                    follows: people
                    columns: {case_number: text, unit_code: text, unit_vintage: date}
                """, Map.of());
        return new Plan(declared.sources(), declared.datasets());
    }

    private static Chronicle chronicle(LocalDate last) {
        Chronicle[] chronicle = {Chronicle.empty()};
        Catalogue.load().days().headMap(last, true).forEach((date, decisions) -> {
            Enactment.Enacted enacted = chronicle[0]
                    .timeline()
                    .enact(date, decisions)
                    .fold(done -> done, refused -> {
                        throw new AssertionError(refused.reasons());
                    });
            chronicle[0] = chronicle[0].append(enacted, Instant.EPOCH);
        });
        return chronicle[0];
    }
}
