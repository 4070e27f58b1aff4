package vn.dvhc.gateway.change;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Changes in memory, in an array that only grows. One thread writes, any number read: what was published stays as it is, so nobody waits
 * for anybody.
 */
abstract class HeldFeed implements Feed {

    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private volatile Known known = new Known(new Change[1024], 0);
    private volatile boolean caughtUp;
    private volatile @Nullable String halt;

    /** What is published together: the first {@code size} of the changes. */
    private record Known(Change[] changes, int size) {}

    @Override
    public final long last() {
        return known.size();
    }

    @Override
    public final Optional<Change> after(long sequence) {
        Known now = known;
        return sequence < now.size() ? Optional.of(now.changes()[(int) Math.max(0, sequence)]) : Optional.empty();
    }

    @Override
    public final boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public final void onGrowth(Runnable reader) {
        readers.add(reader);
    }

    /** Why no more is taken; empty while all is well. */
    public final Optional<String> halt() {
        return Optional.ofNullable(halt);
    }

    /** Takes no more; the first cause stays. */
    final void halt(String cause) {
        if (halt == null) {
            halt = cause;
        }
    }

    /** The end that was seen at start is reached: from now on readers are told of each growth. */
    void caughtUp() {
        caughtUp = true;
        tell();
    }

    final boolean isHalted() {
        return halt != null;
    }

    /** Publishes more at once, without telling. */
    final void append(List<Change> more) {
        Known now = known;
        int size = now.size() + more.size();
        Change[] changes = size > now.changes().length ? Arrays.copyOf(now.changes(), size * 3 / 2) : now.changes();
        for (int i = 0; i < more.size(); i++) {
            changes[now.size() + i] = more.get(i);
        }
        known = new Known(changes, size);
    }

    /** Tells readers that there is more, once the end was reached. */
    final void tell() {
        if (caughtUp) {
            readers.forEach(Runnable::run);
        }
    }
}
