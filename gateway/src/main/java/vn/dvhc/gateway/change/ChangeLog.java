package vn.dvhc.gateway.change;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.unit.UnitId;

/**
 * All changes of units since 2004 in their order, without gap; some 20 MB. One thread writes, any number read. Each reader keeps a place of
 * their own and is told when there is more: nobody waits for anybody.
 */
public final class ChangeLog implements Feed {

    private static final int FAMILIES_KEPT = 256;

    private final GroupAssembler assembler = new GroupAssembler(0);
    private final List<byte[]> pending = new ArrayList<>();
    private final Kin kin = new Kin();
    private final KnownUnits units = new KnownUnits();
    private final Map<UnitId, BitSet> families = new LinkedHashMap<>();
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private volatile Known known = new Known(new Change[1024], 0);
    private volatile boolean caughtUp;
    private volatile @Nullable String halt;
    private long lastTaken;

    /** What is published together: the first {@code size} of the changes. */
    private record Known(Change[] changes, int size) {}

    @Override
    public long last() {
        return known.size();
    }

    @Override
    public Optional<Change> after(long sequence) {
        Known now = known;
        return sequence < now.size() ? Optional.of(now.changes()[(int) Math.max(0, sequence)]) : Optional.empty();
    }

    @Override
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** The units as the log tells them. */
    public KnownUnits units() {
        return units;
    }

    /** Why no more is taken; empty while all is well. */
    public Optional<String> halt() {
        return Optional.ofNullable(halt);
    }

    @Override
    public void onGrowth(Runnable reader) {
        readers.add(reader);
    }

    /** The filter over what is known; for one thread. */
    public Interest interest(ChangeFilter filter) {
        return new Interest(this, filter);
    }

    /** Whether the log has told of every unit that the filter names. */
    public synchronized boolean knowsUnitsOf(ChangeFilter filter) {
        return Stream.concat(filter.units().stream(), filter.provinces().stream())
                .allMatch(kin::knows);
    }

    /** Whether the log has told of all of them. */
    synchronized boolean knows(Collection<UnitId> ids) {
        return ids.stream().allMatch(kin::knows);
    }

    /** What something concerns that is about these units, which the log has told of; everybody if there are none. */
    synchronized Change.Concern concern(List<UnitId> ids, List<String> datasets) {
        return ids.isEmpty()
                ? Change.Concern.ofAll(datasets)
                : Change.Concern.of(kin.numbers(ids), kin.provinces(ids), datasets);
    }

    /** Takes the next message with its event on one line; those seen before are dropped, a broken one halts the log. */
    void accept(LogMessage message, Instant recordedAt, byte[] event) {
        if (halt != null || message.sequence() <= lastTaken) {
            return;
        }
        try {
            Optional<GroupAssembler.Assembled> whole = assembler.accept(message, recordedAt);
            pending.add(event);
            lastTaken = message.sequence();
            whole.ifPresent(group -> {
                units.take(group.group());
                publish(group.messages());
            });
        } catch (IllegalArgumentException | IllegalStateException | DateTimeException broken) {
            halt("Message " + message.sequence() + ": " + broken.getMessage());
        }
    }

    void halt(String cause) {
        if (halt == null) {
            halt = cause;
        }
    }

    void caughtUp() {
        units.caughtUp();
        caughtUp = true;
        readers.forEach(Runnable::run);
    }

    private void publish(List<LogMessage> messages) {
        synchronized (this) {
            List<Change> more = kin.take(messages, pending);
            families.clear();
            append(more);
        }
        pending.clear();
        if (caughtUp) {
            readers.forEach(Runnable::run);
        }
    }

    private void append(List<Change> more) {
        Known now = known;
        int size = now.size() + more.size();
        Change[] changes = size > now.changes().length ? Arrays.copyOf(now.changes(), size * 3 / 2) : now.changes();
        for (int i = 0; i < more.size(); i++) {
            changes[now.size() + i] = more.get(i);
        }
        known = new Known(changes, size);
    }

    /** The numbers of all families together. */
    synchronized BitSet families(Iterable<UnitId> units) {
        BitSet all = new BitSet();
        for (UnitId unit : units) {
            BitSet family = families.get(unit);
            if (family == null) {
                family = kin.family(unit);
                if (families.size() < FAMILIES_KEPT) {
                    families.put(unit, family);
                }
            }
            all.or(family);
        }
        return all;
    }

    /** The numbers of the units themselves. */
    synchronized BitSet numbers(Iterable<UnitId> units) {
        BitSet all = new BitSet();
        units.forEach(unit -> all.or(kin.alone(unit)));
        return all;
    }
}
