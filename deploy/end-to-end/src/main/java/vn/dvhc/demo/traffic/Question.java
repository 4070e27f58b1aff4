package vn.dvhc.demo.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.random.RandomGenerator;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

/**
 * What a citizen's program asks about an old unit.
 *
 * @param kind the unit as of a date, or its successors
 * @param at the date as of which the code is read
 */
record Question(Kind kind, UnitCode code, LocalDate at) {

    enum Kind {
        UNIT,
        SUCCESSORS
    }

    /** Which side of midnight an answer speaks from. */
    enum Side {
        BEFORE,
        AFTER,
        /** Right on both. */
        EITHER,
        /** Wrong on both. */
        NEITHER
    }

    static Question unit(Unit unit, LocalDate at) {
        return new Question(Kind.UNIT, unit.code(), at);
    }

    static Question successors(Unit unit) {
        return new Question(Kind.SUCCESSORS, unit.code(), Reform.EVE);
    }

    static Question any(Unit unit, RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> unit(unit, Reform.DAY);
            case 1 -> successors(unit);
            default -> unit(unit, Reform.EVE);
        };
    }

    String path() {
        return switch (kind) {
            case UNIT -> "/v1/units/" + code + "?at=" + at;
            case SUCCESSORS -> "/v1/units/" + code + "/successors?at=" + at + "&on=" + Reform.DAY;
        };
    }

    Side side(Reform reform, int status, JsonNode body) {
        boolean before = isRight(reform.before(), status, body);
        boolean after = isRight(reform.after(), status, body);
        if (before) {
            return after ? Side.EITHER : Side.BEFORE;
        }
        return after ? Side.AFTER : Side.NEITHER;
    }

    private boolean isRight(Timeline timeline, int status, JsonNode body) {
        return switch (kind) {
            case UNIT -> UnitAnswer.isUnit(timeline, code, at, status, body);
            case SUCCESSORS -> UnitAnswer.isSuccessors(timeline, code, at, Reform.DAY, status, body);
        };
    }
}
