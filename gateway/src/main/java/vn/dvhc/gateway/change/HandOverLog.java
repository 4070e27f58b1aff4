package vn.dvhc.gateway.change;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.HandOverData;
import vn.dvhc.unit.UnitId;

/** All hand-overs told so far in their order, without gap: some 300 bytes each. One thread writes, any number read. */
public final class HandOverLog implements Feed {

    private final ChangeLog units;
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private volatile Known known = new Known(new Change[1024], 0);
    private volatile boolean caughtUp;
    private volatile @Nullable String halt;

    /** What is published together: the first {@code size} of the changes. */
    private record Known(Change[] changes, int size) {}

    /** An event of {@code handovers.v1} as it was read. */
    record Told(String subject, HandOverData.Kind kind, HandOverData data) {

        /** The units that it names; none for a day. */
        List<UnitId> units() {
            return Stream.of(data.from(), data.to())
                    .flatMap(Stream::ofNullable)
                    .map(UnitId::parse)
                    .toList();
        }

        private List<String> datasets() {
            List<HandOverData.OfDataset> all = data.datasets();
            if (all != null) {
                return all.stream().map(HandOverData.OfDataset::dataset).toList();
            }
            String one = data.dataset();
            return one == null ? List.of() : List.of(one);
        }
    }

    /** @param units who came from whom and stands where: what filters ask */
    HandOverLog(ChangeLog units) {
        this.units = units;
    }

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

    @Override
    public void onGrowth(Runnable reader) {
        readers.add(reader);
    }

    /** Why no more is taken; empty while all is well. */
    public Optional<String> halt() {
        return Optional.ofNullable(halt);
    }

    /** Whether the units it names have been told of: before that nobody knows whose it is. */
    boolean isReadyFor(Told told) {
        return units.isCaughtUp() && units.knows(told.units());
    }

    /** Takes the next one with its event on one line; those seen before are dropped, a gap halts the log. */
    void accept(Told told, byte[] event) {
        Known now = known;
        long sequence = told.data().sequence();
        if (halt != null || sequence <= now.size()) {
            return;
        }
        if (sequence != now.size() + 1L) {
            halt("Message " + sequence + " came behind " + now.size());
            return;
        }
        Change[] changes =
                now.size() == now.changes().length ? Arrays.copyOf(now.changes(), now.size() * 3 / 2) : now.changes();
        changes[now.size()] = Change.packed(
                sequence,
                told.subject(),
                ChangeKind.of(told.kind()),
                units.concern(told.units(), told.datasets()),
                event);
        known = new Known(changes, now.size() + 1);
        if (caughtUp) {
            readers.forEach(Runnable::run);
        }
    }

    void halt(String cause) {
        if (halt == null) {
            halt = cause;
        }
    }

    void caughtUp() {
        caughtUp = true;
        readers.forEach(Runnable::run);
    }
}
