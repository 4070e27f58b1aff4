package vn.dvhc.gateway.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;

/**
 * The units as the log tells them. There is no timeline before the end of the log that was seen at start: one of an earlier year
 * would tell wrongly who succeeded whom. Nor is there one after a group that contradicts the others; the log itself goes on. One thread writes, any number read.
 */
public final class KnownUnits {

    private final List<Group> waiting = new ArrayList<>();
    private Chronicle chronicle = Chronicle.empty();
    private boolean caughtUp;
    private volatile @Nullable Timeline timeline;
    private volatile @Nullable String halt;

    /** All units as of the last day in force; empty while that can't be told. */
    public Optional<Timeline> timeline() {
        return Optional.ofNullable(timeline).filter(known -> known.lastDay().isPresent());
    }

    /** Why there is no timeline any more; empty while all is well. */
    public Optional<String> halt() {
        return Optional.ofNullable(halt);
    }

    void take(Group group) {
        if (halt == null) {
            waiting.add(group);
            if (caughtUp) {
                apply();
            }
        }
    }

    void caughtUp() {
        caughtUp = true;
        if (halt == null) {
            apply();
        }
    }

    private void apply() {
        chronicle
                .append(waiting)
                .fold(
                        accepted -> {
                            chronicle = accepted.chronicle();
                            timeline = chronicle.timeline();
                            return Boolean.TRUE;
                        },
                        refused -> {
                            timeline = null;
                            halt = "Day " + refused.date() + " contradicts what was told before";
                            return Boolean.FALSE;
                        });
        waiting.clear();
    }
}
