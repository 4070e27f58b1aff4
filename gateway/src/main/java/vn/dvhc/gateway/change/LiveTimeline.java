package vn.dvhc.gateway.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;

/**
 * The units as the log tells them, held here so that nobody has to be asked. One thread writes, any number read. What was read
 * before the end of the log is taken at the cost of one group. A group that contradicts what is known stops it: what was known
 * before is still answered.
 */
final class LiveTimeline {

    private final List<Group> waiting = new ArrayList<>();
    private Chronicle chronicle = Chronicle.empty();
    private boolean caughtUp;
    private volatile @Nullable Timeline known;
    private volatile @Nullable String halt;

    /** Empty until the log has been read to its end once, and while it tells of no day. */
    Optional<Timeline> known() {
        return Optional.ofNullable(known);
    }

    /** Why nothing more is taken; empty while all is well. */
    Optional<String> halt() {
        return Optional.ofNullable(halt);
    }

    void take(Group group) {
        waiting.add(group);
        if (caughtUp) {
            apply();
        }
    }

    void caughtUp() {
        caughtUp = true;
        apply();
    }

    private void apply() {
        if (halt == null && !append(waiting)) {
            // A refusal within many groups gives nothing of the good ones before it: find it and keep those.
            for (Group group : waiting) {
                if (!append(List.of(group))) {
                    halt = "The group from message " + group.firstSequence() + " on contradicts what is known";
                    break;
                }
            }
        }
        waiting.clear();
        if (chronicle.timeline().lastDay().isPresent()) {
            known = chronicle.timeline();
        }
    }

    private boolean append(List<Group> groups) {
        return chronicle
                .append(groups)
                .fold(
                        accepted -> {
                            chronicle = accepted.chronicle();
                            return true;
                        },
                        refused -> false);
    }
}
