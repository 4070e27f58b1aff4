package vn.dvhc.history.timeline;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.GroupAssembler.Assembled;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Recording.Refused;
import vn.dvhc.timeline.Refusal;

/**
 * Turns messages into groups and groups into snapshots. One thread writes, any number read. All groups that a batch completes
 * are taken at the cost of one, so that catching up with the whole log takes a second or two.
 */
public final class TimelineFeed {

    private static final int REASONS_TOLD = 5;

    private final GroupAssembler assembler = new GroupAssembler(0);
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
        return caughtUp && current.timeline().lastDay().isPresent();
    }

    /** The end of the log that was seen at start has been reached. */
    public void caughtUp() {
        caughtUp = true;
    }

    /**
     * Takes the next messages. Those seen before are dropped; a gap, a broken message or a refused group halts the feed after
     * the last good group. A halted feed takes nothing.
     */
    public synchronized void accept(List<Arrival> arrivals) {
        List<Assembled> whole = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (halt != null) {
                return;
            }
            try {
                assembler.accept(arrival.message(), arrival.recordedAt()).ifPresent(whole::add);
            } catch (IllegalArgumentException | IllegalStateException | DateTimeException broken) {
                apply(whole);
                halt("Message " + arrival.message().sequence() + ": " + broken.getMessage());
                return;
            }
        }
        apply(whole);
    }

    /** Stops the feed: what follows can't be told any more without gaps. The first cause stays. */
    public synchronized void halt(String cause) {
        if (halt == null) {
            halt = new Halt(current.sequence(), cause);
        }
    }

    private void apply(List<Assembled> whole) {
        if (!whole.isEmpty() && take(whole).isPresent()) {
            applyOneByOne(whole);
        }
    }

    /** A refusal within many groups gives no snapshot of the good ones before it: find the group and keep those. */
    private void applyOneByOne(List<Assembled> whole) {
        for (Assembled one : whole) {
            Optional<Refused> refused = take(List.of(one));
            if (refused.isPresent()) {
                halt(told(one.group(), refused.get()));
                return;
            }
        }
    }

    private Optional<Refused> take(List<Assembled> whole) {
        return current.chronicle()
                .append(whole.stream().map(Assembled::group).toList())
                .fold(
                        accepted -> {
                            publish(accepted.chronicle(), whole);
                            return Optional.empty();
                        },
                        Optional::of);
    }

    private void publish(Chronicle chronicle, List<Assembled> whole) {
        List<Assembled> log = new ArrayList<>(current.log());
        log.addAll(whole);
        current = new Snapshot(chronicle, log);
    }

    private static String told(Group group, Refused refused) {
        String what = group.fold(
                day -> "Day " + day.date(),
                correction -> "Correction " + correction.decision() + " of " + correction.date(),
                notice -> "Notice of " + notice.decision());
        return what + " was refused on " + refused.date() + " for "
                + refused.reasons().size() + " reason(s): "
                + refused.reasons().stream()
                        .limit(REASONS_TOLD)
                        .map(Refusal::message)
                        .collect(Collectors.joining(" "));
    }
}
