package vn.dvhc.gateway.change;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.unit.UnitId;

/**
 * All changes of units since 2004 in their order, without gap; some 20 MB. Each reader keeps a place of their own and is told when there
 * is more.
 */
public final class ChangeLog extends HeldFeed {

    private static final int FAMILIES_KEPT = 256;

    private final GroupAssembler assembler = new GroupAssembler(0);
    private final List<byte[]> pending = new ArrayList<>();
    private final Kin kin = new Kin();
    private final KnownUnits units = new KnownUnits();
    private final Map<UnitId, BitSet> families = new LinkedHashMap<>();
    private long lastTaken;

    /** The units as the log tells them. */
    public KnownUnits units() {
        return units;
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
        if (isHalted() || message.sequence() <= lastTaken) {
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

    @Override
    void caughtUp() {
        units.caughtUp();
        super.caughtUp();
    }

    private void publish(List<LogMessage> messages) {
        synchronized (this) {
            List<Change> more = kin.take(messages, pending);
            families.clear();
            append(more);
        }
        pending.clear();
        tell();
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
