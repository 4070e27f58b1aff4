package vn.dvhc.right;

import java.util.EnumSet;
import java.util.Set;

/** Over whose affairs a role may make a call. */
public enum Reach {
    NOBODY,
    /** The own unit's while it is in force, and what its predecessors held. */
    LINEAGE,
    /** The same, and hand-over records of the own unit after its end: it has to give before it is gone. */
    HAND_OVER,
    /** Everybody's, the country's too. */
    COUNTRY;

    /** The relations of units over whose affairs it goes. */
    public Set<Relation> relations() {
        return switch (this) {
            case NOBODY -> Set.of();
            case LINEAGE -> Set.of(Relation.OWN, Relation.PREDECESSOR);
            case HAND_OVER -> Set.of(Relation.OWN, Relation.PREDECESSOR, Relation.FORMER);
            case COUNTRY -> Set.copyOf(EnumSet.allOf(Relation.class));
        };
    }
}
