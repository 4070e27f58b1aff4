package vn.dvhc.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitChange;

/**
 * Everything that was ever recorded, in the order of the log, and the timeline that follows from it. Immutable.
 *
 * <p>The timeline is that of all messages that are not struck, date by date, each date's in the order of their places. A
 * message is struck exactly while another one that retracts it is not struck itself: so a correction is undone by striking
 * all its messages. Days beyond the last cost only themselves; a correction derives the whole timeline anew.
 */
public final class Chronicle {

    private static final Chronicle EMPTY = new Chronicle(List.of(), Timeline.empty(), Set.of());

    private final List<Group> groups;
    private final Timeline timeline;
    private final Set<Long> struck;

    private Chronicle(List<Group> groups, Timeline timeline, Set<Long> struck) {
        this.groups = List.copyOf(groups);
        this.timeline = timeline;
        this.struck = Set.copyOf(struck);
    }

    /** Nothing recorded. */
    public static Chronicle empty() {
        return EMPTY;
    }

    /** The units as they are known now. */
    public Timeline timeline() {
        return timeline;
    }

    /** Every group in order. */
    public List<Group> groups() {
        return groups;
    }

    /** The number of the last message; 0 if there is none. */
    public long lastSequence() {
        return groups.isEmpty() ? 0 : groups.get(groups.size() - 1).lastSequence();
    }

    /** The date of the first known state; empty while no day was recorded. */
    public Optional<LocalDate> firstDay() {
        return groups.stream().filter(Group.Day.class::isInstance).findFirst().map(day -> ((Group.Day) day).date());
    }

    /** When anything was recorded first; empty if nothing was. */
    public Optional<Instant> firstRecordedAt() {
        return groups.stream().findFirst().map(Group::recordedAt);
    }

    public List<Group.Correction> corrections() {
        return groups.stream()
                .filter(Group.Correction.class::isInstance)
                .map(Group.Correction.class::cast)
                .toList();
    }

    /** The message of a number; empty for numbers of notices and those not given out. */
    public Optional<Entry> message(long sequence) {
        return message(groups, sequence);
    }

    /** Whether a message counts no more. */
    public boolean isStruck(long sequence) {
        return struck.contains(sequence);
    }

    /** The messages that make up a date, without those that are struck or strike, each in its place. */
    public List<Entry> counting(LocalDate date) {
        return byDate(groups, date::equals).getOrDefault(date, List.of()).stream()
                .filter(entry -> entry.retracts() == null && !isStruck(entry.sequence()))
                .toList();
    }

    /** Equal to {@link #append(List)} of one. */
    public Recording append(Group group) {
        return append(List.of(group));
    }

    /**
     * Takes groups over in order, at the cost of one. What a later one of them mends is not held against an earlier one.
     *
     * @throws IllegalArgumentException if a message between them is missing
     */
    public Recording append(List<? extends Group> more) {
        List<Group> all = new ArrayList<>(groups);
        Set<Long> dead = struck;
        LocalDate lastDay = timeline.lastDay().orElse(null);
        boolean corrected = false;
        for (Group group : more) {
            requireNext(all, group);
            if (group instanceof Group.Day day) {
                if (lastDay != null && !day.date().isAfter(lastDay)) {
                    return new Recording.Refused(day.date(), List.of(Refusal.notAfterLast(day.date(), lastDay)));
                }
                lastDay = day.date();
            }
            if (group instanceof Group.Correction correction) {
                List<Refusal> refusals = new CorrectionCheck(all, dead, lastDay).refusals(correction);
                if (!refusals.isEmpty()) {
                    return new Recording.Refused(correction.date(), refusals);
                }
                all.add(group);
                dead = struck(retractions(all));
                corrected = true;
            } else {
                all.add(group);
            }
        }
        return corrected ? derive(all, dead) : goOn(all, more);
    }

    /**
     * Takes over a day that was just enacted on this timeline, without going through its facts again.
     *
     * @throws IllegalArgumentException if the day is not after the last
     */
    public Chronicle append(Enactment.Enacted enacted, Instant recordedAt) {
        if (timeline.lastDay().filter(last -> !enacted.date().isAfter(last)).isPresent()) {
            throw new IllegalArgumentException("Day " + enacted.date() + " was not enacted on this chronicle");
        }
        List<Group> all = new ArrayList<>(groups);
        all.add(Group.Day.of(enacted, recordedAt, lastSequence() + 1));
        return new Chronicle(all, enacted.timeline(), struck);
    }

    /**
     * Tries a correction: what was recorded of a date is struck, and changes are added to it. Nothing is changed here; an
     * accepted amendment bears the chronicle with the correction in it.
     *
     * <p>Changes are in codes, read as of that date like a decision's. They come after all that was recorded of the date; but a
     * change of the same kind and unit as a struck message takes its place, since an order may matter within a day (a code is
     * free only after its bearer has ended).
     *
     * @param date from the first to the last enacted one
     * @param decision the correction's own
     * @param strikes what is taken back, of the same date
     */
    public Amendment amend(
            LocalDate date, DecisionId decision, List<UnitChange> changes, List<Strike> strikes, Instant recordedAt) {
        LocalDate lastDay = timeline.lastDay().orElse(null);
        List<Refusal> refusals = new CorrectionCheck(groups, struck, lastDay).refusals(date, changes, strikes);
        if (!refusals.isEmpty()) {
            return new Amendment.Refused(date, refusals);
        }
        CorrectionPlan plan = CorrectionPlan.of(groups, struck, date, strikes);
        Draft draft = new Draft(Timeline.empty());
        byDate(groups, date::isAfter).forEach((day, entries) -> draft.replay(day, facts(entries, struck)));
        List<Draft.Stated> stated = draft.amend(date, plan.slots(), decision, changes);
        if (!draft.refusals().isEmpty()) {
            return new Amendment.Refused(date, draft.refusals());
        }
        long first = lastSequence() + 1;
        Group.Correction correction =
                new Group.Correction(date, decision, recordedAt, first, plan.entries(decision, stated, first));
        return append(correction)
                .fold(
                        accepted -> new Amendment.Accepted(correction, this, accepted.chronicle()),
                        refused -> new Amendment.Refused(refused.date(), refused.reasons()));
    }

    /** The timeline as it was known at a moment: that of all groups recorded until then, inclusive. */
    public Timeline knownAt(Instant moment) {
        return recordedUntil(moment).timeline();
    }

    /**
     * What was recorded until a moment, inclusive. A clock that was set back between two groups hides neither: a group
     * counts as recorded no earlier than all before it.
     *
     * @throws IllegalStateException if groups that were appended at once did not hold one by one
     */
    public Chronicle recordedUntil(Instant moment) {
        int size = sizeAt(moment);
        if (size == groups.size()) {
            return this;
        }
        List<Group> known = groups.subList(0, size);
        return derive(known, struck(retractions(known))).fold(Recording.Accepted::chronicle, refused -> {
            throw new IllegalStateException("What was recorded until " + moment + " contradicts itself on "
                    + refused.date() + ": " + refused.reasons());
        });
    }

    /** The last message recorded until a moment, inclusive; 0 if there was none. */
    public long sequenceAt(Instant moment) {
        int size = sizeAt(moment);
        return size == 0 ? 0 : groups.get(size - 1).lastSequence();
    }

    private int sizeAt(Instant moment) {
        int size = 0;
        while (size < groups.size() && !groups.get(size).recordedAt().isAfter(moment)) {
            size++;
        }
        return size;
    }

    private Recording goOn(List<Group> all, List<? extends Group> more) {
        if (more.stream().noneMatch(Group.Day.class::isInstance)) {
            return new Recording.Accepted(new Chronicle(all, timeline, struck));
        }
        Draft draft = new Draft(timeline);
        for (Group group : more) {
            if (group instanceof Group.Day day) {
                draft.replay(day.date(), facts(day.entries(), Set.of()));
                if (!draft.refusals().isEmpty()) {
                    return new Recording.Refused(day.date(), draft.refusals());
                }
            }
        }
        return new Recording.Accepted(new Chronicle(all, draft.freeze(), struck));
    }

    private static Recording derive(List<Group> groups, Set<Long> struck) {
        Draft draft = new Draft(Timeline.empty());
        for (Map.Entry<LocalDate, List<Entry>> day :
                byDate(groups, date -> true).entrySet()) {
            draft.replay(day.getKey(), facts(day.getValue(), struck));
            if (!draft.refusals().isEmpty()) {
                return new Recording.Refused(day.getKey(), draft.refusals());
            }
        }
        return new Recording.Accepted(new Chronicle(groups, draft.freeze(), struck));
    }

    /** All messages of each date, struck ones too, each in its place. */
    static NavigableMap<LocalDate, List<Entry>> byDate(List<Group> groups, Predicate<LocalDate> wanted) {
        NavigableMap<LocalDate, List<Entry>> days = new TreeMap<>();
        Map<Long, Long> places = new HashMap<>();
        Set<LocalDate> corrected = new HashSet<>();
        for (Group group : groups) {
            if (group instanceof Group.Day day && wanted.test(day.date())) {
                days.put(day.date(), day.entries());
            } else if (group instanceof Group.Correction correction && wanted.test(correction.date())) {
                List<Entry> both = new ArrayList<>(days.getOrDefault(correction.date(), List.of()));
                both.addAll(correction.entries());
                days.put(correction.date(), both);
                corrected.add(correction.date());
                correction.entries().forEach(entry -> {
                    Long replaced = entry.replaces();
                    if (replaced != null) {
                        places.put(entry.sequence(), places.getOrDefault(replaced, replaced));
                    }
                });
            }
        }
        Comparator<Entry> byPlace = Comparator.comparingLong(
                        (Entry entry) -> places.getOrDefault(entry.sequence(), entry.sequence()))
                .thenComparingLong(Entry::sequence);
        corrected.forEach(date -> days.computeIfPresent(
                date, (day, entries) -> entries.stream().sorted(byPlace).toList()));
        return days;
    }

    /** Which message strikes which, struck or not. */
    static NavigableMap<Long, Long> retractions(List<Group> groups) {
        NavigableMap<Long, Long> retractions = new TreeMap<>();
        for (Group group : groups) {
            if (group instanceof Group.Correction correction) {
                for (Entry entry : correction.entries()) {
                    if (entry.retracts() != null) {
                        retractions.put(entry.sequence(), entry.retracts());
                    }
                }
            }
        }
        return retractions;
    }

    /** From the latest to the earliest, since only an earlier message can be struck. */
    static Set<Long> struck(NavigableMap<Long, Long> retractions) {
        Set<Long> struck = new HashSet<>();
        retractions.descendingMap().forEach((retraction, target) -> {
            if (!struck.contains(retraction)) {
                struck.add(target);
            }
        });
        return struck;
    }

    /** The message of a number, by binary search; empty for those of notices and those not given out. */
    static Optional<Entry> message(List<Group> groups, long sequence) {
        int low = 0;
        int high = groups.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Group group = groups.get(middle);
            if (sequence < group.firstSequence()) {
                high = middle - 1;
            } else if (sequence > group.lastSequence()) {
                low = middle + 1;
            } else {
                int index = (int) (sequence - group.firstSequence());
                return group.fold(
                        day -> Optional.of(day.entries().get(index)),
                        correction -> Optional.of(correction.entries().get(index)),
                        notice -> Optional.empty());
            }
        }
        return Optional.empty();
    }

    private static void requireNext(List<Group> groups, Group next) {
        long expected = groups.isEmpty() ? 1 : groups.get(groups.size() - 1).lastSequence() + 1;
        if (next.firstSequence() != expected) {
            throw new IllegalArgumentException("Expected message " + expected + ", not " + next.firstSequence());
        }
    }

    private static List<Fact> facts(List<Entry> entries, Set<Long> struck) {
        List<Fact> facts = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (!struck.contains(entry.sequence())) {
                facts.addAll(entry.facts());
            }
        }
        return facts;
    }
}
