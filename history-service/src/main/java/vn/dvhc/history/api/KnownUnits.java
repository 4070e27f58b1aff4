package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.query.UnitQueries;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * The answers to look-ups with a date, as bytes. On all days between two changes of a unit and of what stands above it the
 * answer is the same, so that there are only some ten thousand for the whole catalogue; each is made when first asked for.
 */
final class KnownUnits {

    private final Snapshot snapshot;
    private final Timeline timeline;
    private final ObjectMapper json;
    private final Map<UnitId, Known[]> known = new ConcurrentHashMap<>();

    KnownUnits(Snapshot snapshot, ObjectMapper json) {
        this.snapshot = snapshot;
        this.timeline = snapshot.timeline();
        this.json = json;
    }

    /**
     * An answer.
     *
     * @param state the state of the unit that it tells, itself and not its equal
     * @param above the states above it that it tells, lowest first
     * @param closed whether no later enactment can change it
     */
    record Known(Unit state, @Nullable Unit above, @Nullable Unit top, byte[] body, boolean closed) {}

    Snapshot snapshot() {
        return snapshot;
    }

    /** The answer for the unit that bore the code on the date; null if there is none. */
    @Nullable
    Known find(UnitCode code, LocalDate at) {
        Optional<Unit> bearer = timeline.unit(code, at);
        if (bearer.isEmpty()) {
            return null;
        }
        Unit state = bearer.get();
        Unit above = above(state, at);
        Unit top = above == null ? null : above(above, at);
        for (Known one : known.getOrDefault(state.id(), new Known[0])) {
            if (isFor(one, state, above, top)) {
                return one;
            }
        }
        return add(new Known(state, above, top, body(code, at), isClosed(state)));
    }

    private @Nullable Unit above(Unit state, LocalDate at) {
        UnitId parent = state.parent();
        return parent == null
                ? null
                : timeline.find(parent).flatMap(life -> life.at(at)).orElse(null);
    }

    @SuppressWarnings(
            "ReferenceEquality") // Within a snapshot a state is one object; comparing all its fields would be slow.
    private static boolean isFor(Known one, Unit state, @Nullable Unit above, @Nullable Unit top) {
        return one.state == state && one.above == above && one.top == top;
    }

    private Known add(Known made) {
        known.merge(made.state.id(), new Known[] {made}, (before, one) -> {
            Known[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = made;
            return more;
        });
        return made;
    }

    private byte[] body(UnitCode code, LocalDate at) {
        Json.UnitJson unit = new UnitQueries(snapshot, at)
                .unit(code, at)
                .fold(found -> Json.UnitJson.of(found.unit()), moved -> null, ended -> null, unknown -> null);
        try {
            return json.writeValueAsBytes(unit);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean isClosed(Unit state) {
        return state.validTo() != null
                && timeline.find(state.id()).map(UnitHistory::ended).isPresent();
    }
}
