package vn.dvhc.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Enactment.Enacted;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** All that happened since 2004, as published. */
class WholeLogTest {

    private static final UnitId QUAN_9 = UnitId.parse("763@2004-08-31");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ChangeLog LOG = new ChangeLog();

    private static Timeline timeline = Timeline.empty();

    @BeforeAll
    static void tell() throws JsonProcessingException {
        long sequence = 0;
        for (Map.Entry<LocalDate, List<Decision>> day : Catalogue.load().days().entrySet()) {
            Enacted enacted = timeline.enact(day.getKey(), day.getValue()).fold(one -> one, refused -> {
                throw new IllegalStateException(refused.date() + ": " + refused.reasons());
            });
            for (UnitChangeData.Typed message : UnitChangeData.messages(enacted, sequence + 1)) {
                Events.tell(
                        LOG,
                        JSON.writeValueAsString(Map.of(
                                "specversion",
                                "1.0",
                                "id",
                                Long.toString(message.sequence()),
                                "type",
                                message.type(),
                                "subject",
                                message.subject(),
                                "data",
                                message.data())));
                sequence = message.sequence();
            }
            timeline = enacted.timeline();
        }
        assertThat(LOG.halt()).isEmpty();
        assertThat(LOG.last()).isEqualTo(sequence);
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
