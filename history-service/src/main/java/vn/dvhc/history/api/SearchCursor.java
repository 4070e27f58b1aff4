package vn.dvhc.history.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import vn.dvhc.history.search.Hit;
import vn.dvhc.unit.UnitId;

/** Where the hits of a search go on: after a score and unit, so that nothing is told twice. */
final class SearchCursor {

    private SearchCursor() {}

    /** @throws BadParameterException if it is none that we gave out */
    static Hit.Position parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
            if (parts.length == 2) {
                return new Hit.Position(Integer.parseInt(parts[0]), UnitId.parse(parts[1]));
            }
        } catch (IllegalArgumentException malformed) {
            throw new BadParameterException("cursor", Texts.BAD_CURSOR, malformed);
        }
        throw new BadParameterException("cursor", Texts.BAD_CURSOR);
    }

    static String of(Hit.Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position.score() + " " + position.unit()).getBytes(StandardCharsets.US_ASCII));
    }
}
