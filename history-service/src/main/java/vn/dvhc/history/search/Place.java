package vn.dvhc.history.search;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** A unit with all that stood above it, for as long as every name and type in that chain was the same. */
public final class Place {

    private final Unit state;
    private final @Nullable Place above;
    private final LocalDate from;
    private final @Nullable LocalDate to;
    private final Name name;
    private final List<Token> syllables;

    Place(Unit state, @Nullable Place above, LocalDate from, @Nullable LocalDate to, Name name, List<Token> syllables) {
        this.state = state;
        this.above = above;
        this.from = from;
        this.to = to;
        this.name = name;
        this.syllables = syllables;
    }

    /** The unit as it was called in that time. */
    public Unit state() {
        return state;
    }

    public UnitId unit() {
        return state.id();
    }

    public Level level() {
        return state.level();
    }

    /** What it belonged to; null for a province. */
    public @Nullable Place above() {
        return above;
    }

    public LocalDate from() {
        return from;
    }

    /** Exclusive; null while it holds. */
    public @Nullable LocalDate to() {
        return to;
    }

    public boolean isInForce(LocalDate date) {
        LocalDate end = to;
        return !date.isBefore(from) && (end == null || date.isBefore(end));
    }

    /** The place of a level in the chain, itself included; null if the chain has none. */
    public @Nullable Place at(Level level) {
        Place place = this;
        while (place != null && place.level() != level) {
            place = place.above;
        }
        return place;
    }

    /** All names from the unit up, like «Phường Bến Thành, Quận 1, Thành phố Hồ Chí Minh». */
    public String path() {
        Place next = above;
        return next == null ? state.fullName() : state.fullName() + ", " + next.path();
    }

    Name name() {
        return name;
    }

    List<Token> syllables() {
        return syllables;
    }
}
