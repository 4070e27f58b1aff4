package vn.dvhc.history.timeline;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.DayAssembler;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Fact;
import vn.dvhc.timeline.Enactment.Enacted;
import vn.dvhc.timeline.Enactment.Refused;
import vn.dvhc.timeline.Refusal;

/**
 * Turns messages into days and days into snapshots. One thread writes, any number read. All days that a batch completes are
 * replayed at the cost of one, so that catching up with the whole log takes a second or two.
 */
public final class TimelineFeed {

    private static final int REASONS_TOLD = 5;

    private final DayAssembler assembler = new DayAssembler(0);
    private volatile Snapshot current = Snapshot.EMPTY;
    private volatile @Nullable Halt halt;
    private volatile boolean caughtUp;

    /** What is known now. */
    public Snapshot current() {
        return current;
    }

    /** Why no more messages are taken; empty while all is well. */
    public Optional<Halt> halt() {
        return Optional.ofNullable(halt);
    }

    /**
     * Whether the snapshot may be answered from: it holds at least one day and once reached the end of the log. Before that an
     * answer would be that of an earlier year.
     */
    public boolean isComplete() {
        return caughtUp && current.sequence() > 0;
    }

    /** The end of the log that was seen at start has been reached. */
    public void caughtUp() {
        caughtUp = true;
    }

    /**
     * Takes the next messages. Those seen before are dropped; a gap, a broken message or a refused day halts the feed after
     * the last good day. A halted feed takes nothing.
     */
    public synchronized void accept(List<UnitChangeData.Typed> messages) {
        List<DayAssembler.Day> days = new ArrayList<>();
        for (UnitChangeData.Typed message : messages) {
            if (halt != null) {
                return;
            }
            try {
                assembler.accept(message).ifPresent(days::add);
            } catch (IllegalArgumentException | IllegalStateException | DateTimeException broken) {
                apply(days);
                halt("Message " + message.data().sequence() + ": " + broken.getMessage());
                return;
            }
        }
        apply(days);
    }

    /** Stops the feed: what follows can't be told any more without gaps. The first cause stays. */
    public synchronized void halt(String cause) {
        if (halt == null) {
            halt = new Halt(current.sequence(), cause);
        }
    }

    private void apply(List<DayAssembler.Day> days) {
        if (days.isEmpty()) {
            return;
        }
        Map<LocalDate, List<Fact>> facts = new LinkedHashMap<>();
        for (DayAssembler.Day day : days) {
            if (facts.put(day.date(), day.facts()) != null) {
                applyOneByOne(days);
                return;
            }
        }
        Optional<Snapshot> next = current.timeline()
                .replay(facts)
                .fold(
                        enacted -> Optional.of(snapshot(enacted, days.get(0), days.get(days.size() - 1))),
                        refused -> Optional.empty());
        if (next.isPresent()) {
            current = next.get();
        } else {
            applyOneByOne(days);
        }
    }

    /** A refusal within many days gives no timeline of the good days before it: find the day and keep those. */
    private void applyOneByOne(List<DayAssembler.Day> days) {
        for (DayAssembler.Day day : days) {
            Optional<Refused> refused = current.timeline()
                    .replay(day.date(), day.facts())
                    .fold(
                            enacted -> {
                                current = snapshot(enacted, day, day);
                                return Optional.empty();
                            },
                            Optional::of);
            if (refused.isPresent()) {
                halt(told(refused.get()));
                return;
            }
        }
    }

    private Snapshot snapshot(Enacted enacted, DayAssembler.Day first, DayAssembler.Day last) {
        return new Snapshot(
                enacted.timeline(), last.lastSequence(), current.firstDay().orElse(first.date()));
    }

    private static String told(Refused refused) {
        return "Day " + refused.date() + " was refused for " + refused.reasons().size() + " reason(s): "
                + refused.reasons().stream()
                        .limit(REASONS_TOLD)
                        .map(Refusal::message)
                        .collect(Collectors.joining(" "));
    }
}
