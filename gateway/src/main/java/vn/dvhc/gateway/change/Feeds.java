package vn.dvhc.gateway.change;

/** The streams by their names. */
public final class Feeds {

    private final ChangeLog units;
    private final HandOverLog handOvers;

    Feeds(ChangeLog units, HandOverLog handOvers) {
        this.units = units;
        this.handOvers = handOvers;
    }

    public Feed of(StreamName name) {
        return switch (name) {
            case UNITS -> units;
            case HANDOVERS -> handOvers;
        };
    }

    /** The filter over what is known of units; for one thread. */
    public Interest interest(ChangeFilter filter) {
        return units.interest(filter);
    }

    /** Whether the log of units has told of every unit that the filter names. */
    public boolean knowsUnitsOf(ChangeFilter filter) {
        return units.knowsUnitsOf(filter);
    }

    /** Has the reader called after each growth of any stream; it must only wake somebody. */
    public void onGrowth(Runnable reader) {
        units.onGrowth(reader);
        handOvers.onGrowth(reader);
    }
}
