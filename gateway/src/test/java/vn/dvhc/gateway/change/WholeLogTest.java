package vn.dvhc.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** All that happened since 2004, as published. */
class WholeLogTest {

    private static final UnitId QUAN_9 = UnitId.parse("763@2004-08-31");
    private static final ChangeLog LOG = WholeLog.told().log();

    private final Timeline timeline = WholeLog.told().timeline();

    @Test
    void holdsTheTimelineThatWasEnacted() {
        assertThat(LOG.halt()).isEmpty();
        assertThat(LOG.units().halt()).isEmpty();
        assertThat(LOG.last()).isEqualTo(WholeLog.told().events().size());
        assertThat(LOG.units().timeline().map(Timeline::digest)).contains(timeline.digest());
    }

    @Test
    void followsEveryCommuneThatWasEverInQuan9_toThePresent() {
        // Given
        Set<String> communes = new HashSet<>();
        timeline.histories()
                .filter(history -> history.id().level() == Level.COMMUNE)
                .filter(history -> history.states().stream().anyMatch(state -> QUAN_9.equals(state.parent())))
                .map(UnitHistory::id)
                .forEach(commune -> {
                    communes.add(commune.toString());
                    timeline.successors(commune, Catalogue.REFORM)
                            .forEach(heir -> communes.add(heir.unit().id().toString()));
                });
        assertThat(communes).hasSizeGreaterThan(13);

        // When
        Set<String> told = subjects(new ChangeFilter(Set.of(QUAN_9), Set.of(), Set.of(ChangeKind.CREATED)));

        // Then
        assertThat(told).containsAll(communes).contains(QUAN_9.toString());
        assertThat(told.size()).as("and little else").isLessThan(communes.size() + 40);
    }

    @Test
    void tellsAProvinceOfAllItsUnits() {
        UnitId haNoi = UnitId.parse("01@2004-08-31");

        Set<String> told = subjects(new ChangeFilter(Set.of(), Set.of(haNoi), Set.of(ChangeKind.CREATED)));

        timeline.units(Catalogue.REFORM, Level.COMMUNE, haNoi).stream()
                .filter(unit -> unit.id().born().equals(Catalogue.REFORM))
                .forEach(unit -> assertThat(told).contains(unit.id().toString()));
        assertThat(told).doesNotContain(QUAN_9.toString());
    }

    private static Set<String> subjects(ChangeFilter filter) {
        Interest interest = LOG.interest(filter);
        Set<String> subjects = new HashSet<>();
        Optional<Change> next = LOG.after(0);
        while (next.isPresent()) {
            if (interest.concerns(next.get())) {
                subjects.add(next.get().subject());
            }
            next = LOG.after(next.get().sequence());
        }
        return subjects;
    }
}
