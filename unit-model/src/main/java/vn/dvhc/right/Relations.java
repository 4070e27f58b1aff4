package vn.dvhc.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * How units stand to each other in one timeline, as of its last day: a decision is in force when its day is in the log, and nothing
 * changes between that day and today. Thread-safe.
 */
public final class Relations {

    private static final int SETS_KEPT = 256;

    private final Timeline timeline;
    private final Map<Asked, Set<UnitId>> sets = new ConcurrentHashMap<>();
    private final Map<UnitId, Set<UnitId>> heirs = new ConcurrentHashMap<>();

    public Relations(Timeline timeline) {
        this.timeline = timeline;
    }

    private record Asked(UnitId own, Set<Relation> relations) {}

    /** Whether these are the relations of that very timeline. */
    public boolean isOf(Timeline other) {
        return timeline == other;
    }

    /** The unit that bears the code now. */
    public Optional<UnitId> bearer(UnitCode code) {
        return timeline.lastDay().flatMap(today -> timeline.unit(code, today)).map(Unit::id);
    }

    /** Whether the unit is in force. */
    public boolean isInForce(UnitId id) {
        return timeline.find(id).filter(this::lives).isPresent();
    }

    /**
     * How another unit stands to one's own.
     *
     * @param own for which somebody acts
     * @param other whose affairs it is about
     */
    public Relation between(UnitId own, UnitId other) {
        Optional<UnitHistory> mine = timeline.find(own);
        Optional<UnitHistory> theirs = timeline.find(other);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return Relation.FOREIGN;
        }
        if (!lives(mine.get())) {
            return withAbove(other).contains(own)
                    ? Relation.FORMER
                    : heirs(own).stream().anyMatch(withAbove(other)::contains) ? Relation.SUCCESSOR : Relation.FOREIGN;
        }
        return lives(theirs.get()) ? betweenLiving(mine.get(), theirs.get()) : toEnded(own, other);
    }

    private Relation betweenLiving(UnitHistory mine, UnitHistory theirs) {
        if (withAbove(theirs.id()).contains(mine.id())) {
            return Relation.OWN;
        }
        if (timeline.edgesFrom(mine.id()).stream()
                .anyMatch(edge -> edge.edge().to().equals(theirs.id()))) {
            return Relation.SUCCESSOR;
        }
        boolean sameLevel = mine.id().level() == theirs.id().level();
        return sameLevel && Objects.equals(mine.last().parent(), theirs.last().parent())
                ? Relation.SIBLING
                : Relation.FOREIGN;
    }

    /** What a unit held passes on with it, and what was below it with whoever is above its heirs, known or not. */
    private Relation toEnded(UnitId own, UnitId ended) {
        List<UnitId> line = withAbove(ended);
        boolean passed = line.contains(own)
                || line.stream()
                        .filter(id -> id.equals(ended) || id.level() == own.level())
                        .flatMap(id -> heirs(id).stream())
                        .anyMatch(heir -> withAbove(heir).contains(own));
        return passed ? Relation.PREDECESSOR : Relation.FOREIGN;
    }

    /** All units that stand to one's own in one of these ways. */
    public Set<UnitId> units(UnitId own, Set<Relation> relations) {
        Asked asked = new Asked(own, Set.copyOf(relations));
        Set<UnitId> known = sets.get(asked);
        if (known == null) {
            known = timeline.histories()
                    .map(UnitHistory::id)
                    .filter(other -> relations.contains(between(own, other)))
                    .collect(Collectors.toUnmodifiableSet());
            if (sets.size() < SETS_KEPT) {
                sets.put(asked, known);
            }
        }
        return known;
    }

    /** Those in force to which a unit that has ended has come. */
    private Set<UnitId> heirs(UnitId id) {
        Set<UnitId> known = heirs.get(id);
        if (known == null) {
            Optional<UnitHistory> history = timeline.find(id);
            known = history.isEmpty() || lives(history.get())
                    ? Set.of()
                    : timeline.lastDay().stream()
                            .flatMap(today -> timeline.successors(id, today).stream())
                            .filter(reached -> !reached.open())
                            .map(reached -> reached.unit().id())
                            .collect(Collectors.toUnmodifiableSet());
            heirs.put(id, known);
        }
        return known;
    }

    private boolean lives(UnitHistory history) {
        return history.ended() == null;
    }

    /** The unit and all above it, at its end or now. */
    private List<UnitId> withAbove(UnitId id) {
        List<UnitId> line = new ArrayList<>(3);
        UnitId next = id;
        while (next != null && !line.contains(next)) {
            line.add(next);
            next = parent(next);
        }
        return line;
    }

    private @Nullable UnitId parent(UnitId id) {
        return timeline.find(id).map(UnitHistory::last).map(Unit::parent).orElse(null);
    }
}
