package vn.dvhc.history.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.GroupAssembler.Assembled;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Timeline;

/**
 * What is known after a whole number of groups of the log. Immutable; whoever answers takes one and keeps it to the end.
 */
public final class Snapshot {

    static final Snapshot EMPTY = new Snapshot(Chronicle.empty(), List.of());

    private final Chronicle chronicle;
    private final List<Assembled> log;
    private @Nullable String digest;

    /** @param log the groups of the chronicle with their messages */
    Snapshot(Chronicle chronicle, List<Assembled> log) {
        this.chronicle = chronicle;
        this.log = List.copyOf(log);
    }

    public Timeline timeline() {
        return chronicle.timeline();
    }

    /** Everything recorded, and what follows from it. */
    public Chronicle chronicle() {
        return chronicle;
    }

    /** The last message of the log that is in it; 0 if none. */
    public long sequence() {
        return chronicle.lastSequence();
    }

    /** The date of the first known state; empty while no day was read. */
    public Optional<LocalDate> firstDay() {
        return chronicle.firstDay();
    }

    /** The groups of the log in order, with their messages: days, corrections and notices. */
    public List<Assembled> log() {
        return log;
    }

    /**
     * The messages of the log after one of them, in order.
     *
     * @param sequence the last message not wanted; 0 to begin with the first
     * @param limit the most messages to give, at least 1
     */
    public List<Logged> messagesAfter(long sequence, int limit) {
        List<Logged> messages = new ArrayList<>();
        for (int i = indexOfGroupAfter(sequence); i < log.size() && messages.size() < limit; i++) {
            Assembled whole = log.get(i);
            for (LogMessage message : whole.messages()) {
                if (message.sequence() > sequence && messages.size() < limit) {
                    messages.add(new Logged(whole.group().kind(), whole.group().recordedAt(), message));
                }
            }
        }
        return messages;
    }

    /**
     * Equal on every replica that holds the same groups. A pass over all units when first asked, and only then: many who ask at
     * once wait for one. Not for the event loop.
     */
    public synchronized String digest() {
        String known = digest;
        if (known == null) {
            known = timeline().digest();
            digest = known;
        }
        return known;
    }

    /** What was known at a moment. Takes as long as replaying the log; not for the event loop. */
    Snapshot recordedUntil(Instant moment) {
        Chronicle known = chronicle.recordedUntil(moment);
        return known == chronicle
                ? this
                : new Snapshot(known, log.subList(0, known.groups().size()));
    }

    private int indexOfGroupAfter(long sequence) {
        int low = 0;
        int high = log.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (log.get(middle).group().lastSequence() <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
