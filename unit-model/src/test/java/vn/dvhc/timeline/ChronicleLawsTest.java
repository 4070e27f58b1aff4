package vn.dvhc.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/**
 * Laws of corrections on the real catalogue; random draws are seeded, and a failure names its seed ({@code -Ddvhc.seed=}).
 */
class ChronicleLawsTest {

    private static final long SEED = Long.getLong("dvhc.seed", new Random().nextLong());
    private static final int DRAWS = 25;
    private static final Basis BASIS = Basis.ofActs("1/NQ");

    private final Chronicle catalogue = WholeCatalogue.chronicle();
    private final Random random = new Random(SEED);

    @Test
    void correction_undoneLeavesNoTraceInTheTimeline_andUndoneAgainItIsBack() {
        int accepted = 0;
        Chronicle chronicle = catalogue;
        for (int i = 0; i < DRAWS; i++) {
            String digest = chronicle.timeline().digest();
            Chronicle before = chronicle;
            Amendment amendment = randomAmendment(chronicle);
            if (amendment instanceof Amendment.Accepted done) {
                accepted++;
                Chronicle undone = undo(done.after());
                assertThat(undone.timeline().digest())
                        .as("seed %d, draw %d", SEED, i)
                        .isEqualTo(digest);
                assertThat(undo(undone).timeline().digest())
                        .as("seed %d, draw %d", SEED, i)
                        .isEqualTo(done.after().timeline().digest());
                chronicle = random.nextBoolean() ? undone : done.after();
            } else {
                assertThat(before.timeline().digest())
                        .as("seed %d, draw %d", SEED, i)
                        .isEqualTo(digest);
                assertThat(((Amendment.Refused) amendment).reasons()).isNotEmpty();
            }
        }
        assertThat(accepted).as("seed %d", SEED).isGreaterThan(DRAWS / 4);
    }

    @Test
    void knownAt_isTheTimelineOfWhatWasRecordedUntilThen() {
        Chronicle chronicle = corrected(6);
        List<Group> groups = chronicle.groups();
        for (int i = 0; i < 12; i++) {
            int size = i < 4 ? random.nextInt(groups.size()) : groups.size() - random.nextInt(8);
            List<Group> until = groups.subList(0, size);
            Instant moment = size == 0 ? Instant.EPOCH : until.get(size - 1).recordedAt();
            assertThat(chronicle.knownAt(moment).digest())
                    .as("seed %d, %s", SEED, moment)
                    .isEqualTo(appended(Chronicle.empty(), until).timeline().digest());
        }
    }

    @Test
    void rebuild_givesTheSame_whateverTheBatches() {
        Chronicle chronicle = corrected(6);
        List<Group> groups = chronicle.groups();
        String digest = chronicle.timeline().digest();
        assertThat(appended(Chronicle.empty(), groups).timeline().digest())
                .as("seed %d", SEED)
                .isEqualTo(digest);
        Chronicle batched = Chronicle.empty();
        int from = 0;
        while (from < groups.size()) {
            int to = Math.min(groups.size(), from + 1 + random.nextInt(60));
            batched = appended(batched, groups.subList(from, to));
            from = to;
        }
        assertThat(batched.timeline().digest()).as("seed %d", SEED).isEqualTo(digest);
        assertThat(batched.groups()).isEqualTo(groups);
    }

    @Test
    void log_deliveredTwiceHereAndThere_givesTheSameChronicle() {
        // Given
        List<LogMessage> log = new ArrayList<>(WholeCatalogue.messages());
        Chronicle chronicle = catalogue;
        for (int i = 0; i < 4; i++) {
            if (randomAmendment(chronicle) instanceof Amendment.Accepted done) {
                log.addAll(UnitChangeData.messages(done));
                chronicle = done.after();
            }
        }

        // When
        GroupAssembler assembler = new GroupAssembler(0);
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            int back = random.nextInt(300) == 0 ? random.nextInt(Math.min(i + 1, 500)) : 0;
            for (LogMessage message : log.subList(i - back, i + 1)) {
                assembler.accept(message, Corrections.RECORDED).ifPresent(whole -> groups.add(whole.group()));
            }
        }

        // Then
        Chronicle read = appended(Chronicle.empty(), groups);
        assertThat(read.timeline().digest())
                .as("seed %d", SEED)
                .isEqualTo(chronicle.timeline().digest());
        assertThat(read.groups().stream().map(Group::lastSequence))
                .isEqualTo(chronicle.groups().stream().map(Group::lastSequence).collect(Collectors.toList()));
    }

    /** The catalogue with some corrections of the kinds that may occur, some of them undone, recorded a second apart. */
    private Chronicle corrected(int corrections) {
        Chronicle chronicle = catalogue;
        while (chronicle.corrections().size() < corrections) {
            Chronicle next = randomAmendment(chronicle).fold(Amendment.Accepted::after, refused -> catalogue);
            if (next != catalogue) {
                chronicle = random.nextInt(3) == 0 ? undo(next) : next;
            }
        }
        return chronicle;
    }

    /** Strikes every message of the last correction. */
    private static Chronicle undo(Chronicle chronicle) {
        Group.Correction last =
                chronicle.corrections().get(chronicle.corrections().size() - 1);
        List<Strike> strikes = last.entries().stream()
                .map(entry -> Strike.of(entry.sequence()))
                .toList();
        return Corrections.accepted(Corrections.amend(chronicle, last.date(), List.of(), strikes))
                .after();
    }

    private Amendment randomAmendment(Chronicle chronicle) {
        LocalDate date = randomDay(chronicle);
        List<Entry> day = chronicle.counting(date);
        Entry entry = day.get(random.nextInt(day.size()));
        UnitEvent event = entry.facts().get(0).event();
        List<UnitChange> changes = new ArrayList<>();
        List<Strike> strikes = new ArrayList<>();
        switch (random.nextInt(5)) {
            case 0 -> strikes.add(Strike.of(entry.sequence()));
            case 1 -> {
                Entry giving = day.stream()
                        .filter(one -> !one.edges().isEmpty())
                        .skip(random.nextInt(1
                                + (int) day.stream()
                                                .filter(one -> !one.edges().isEmpty())
                                                .count()
                                        / 2))
                        .findFirst()
                        .orElse(entry);
                giving.edges().stream()
                        .findFirst()
                        .ifPresentOrElse(
                                edge -> strikes.add(new Strike(giving.sequence(), edge.to())),
                                () -> strikes.add(Strike.of(giving.sequence())));
            }
            case 2 -> {
                strikes.add(Strike.of(entry.sequence()));
                changes.add(anew(chronicle, date, event));
            }
            case 3 ->
                changes.add(new UnitChange.Rename(
                        randomUnit(chronicle, date).code(), "Thử " + random.nextInt(1_000_000), BASIS));
            default ->
                changes.add(new UnitChange.Succeed(
                        randomUnit(chronicle, date.minusDays(1)).code(),
                        randomUnit(chronicle, date).code(),
                        Extent.PARTIAL,
                        Portion.PART_OF_AREA,
                        Confidence.LIKELY,
                        BASIS));
        }
        return Corrections.amend(chronicle, date, changes, strikes);
    }

    /** The same change on another basis. */
    private static UnitChange anew(Chronicle chronicle, LocalDate date, UnitEvent event) {
        UnitHistory history = chronicle.timeline().find(event.unit()).orElseThrow();
        Unit unit = history.at(date).orElse(history.last());
        return switch (event.kind()) {
            case CREATED -> {
                UnitEvent.Created created = (UnitEvent.Created) event;
                yield new UnitChange.Create(
                        created.unit().codeAtBirth(),
                        created.type(),
                        created.name(),
                        created.parent() == null
                                ? null
                                : chronicle
                                        .timeline()
                                        .find(created.parent())
                                        .flatMap(parent -> parent.at(date))
                                        .map(Unit::code)
                                        .orElseThrow(),
                        BASIS);
            }
            case ENDED -> new UnitChange.Abolish(unit.code(), BASIS);
            case RENAMED -> new UnitChange.Rename(unit.code(), unit.name() + " Đúng", BASIS);
            case RECLASSIFIED, REPARENTED, RECODED, SUCCEEDED ->
                new UnitChange.Reclassify(unit.code(), unit.type(), BASIS);
        };
    }

    /** A day of which something still counts: the only message of another may be struck already. */
    private LocalDate randomDay(Chronicle chronicle) {
        List<Enactment.Enacted> days = WholeCatalogue.days();
        LocalDate date;
        do {
            date = days.get(1 + random.nextInt(days.size() - 1)).date();
        } while (chronicle.counting(date).isEmpty());
        return date;
    }

    private Unit randomUnit(Chronicle chronicle, LocalDate date) {
        List<Unit> units = chronicle.timeline().units(date, Level.COMMUNE, null);
        return units.get(random.nextInt(units.size()));
    }

    private static Chronicle appended(Chronicle chronicle, List<Group> groups) {
        return chronicle.append(groups).fold(Recording.Accepted::chronicle, refused -> {
            throw new AssertionError(refused.date() + ": " + refused.reasons());
        });
    }
}
