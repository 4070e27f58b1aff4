package vn.dvhc.sync.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.journal.Noted;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.plan.Source;

/** What one database has to write of a batch, in one transaction, with the position reached. */
final class Share {

    private final Source target;
    private final Set<Lane> lanes = new HashSet<>();
    private final Map<Progress.Place, Long> first = new HashMap<>();
    private final Map<Progress.Place, Long> next = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Noted> notes = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    Share(Source target) {
        this.target = target;
    }

    void pass(Lane lane, Progress.Place place, long firstOffset, long nextOffset) {
        lanes.add(lane);
        first.put(place, firstOffset);
        next.put(place, nextOffset);
    }

    void add(Change change) {
        changes.add(change);
    }

    void note(Noted note) {
        notes.add(note);
    }

    void add(DeadLetter letter) {
        deadLetters.add(letter);
    }

    Source target() {
        return target;
    }

    Set<Lane> lanes() {
        return lanes;
    }

    /** The offset of the first message of each place. */
    Map<Progress.Place, Long> first() {
        return first;
    }

    /** The offset after the last message of each place. */
    Map<Progress.Place, Long> next() {
        return next;
    }

    List<Change> changes() {
        return changes;
    }

    /** What goes into the journal. */
    List<Noted> notes() {
        return notes;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }
}
