package vn.dvhc.history.api;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import vn.dvhc.unit.UnitCode;

/** Where a list goes on. It holds the date of the list, so that midnight between two pages changes nothing. */
record Cursor(LocalDate at, UnitCode after) {

    /** @throws BadParameterException if it is none that we gave out */
    static Cursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
            if (parts.length == 2) {
                return new Cursor(Parameters.date("cursor", parts[0]), UnitCode.of(parts[1]));
            }
        } catch (IllegalArgumentException malformed) {
            throw new BadParameterException("cursor", Texts.BAD_CURSOR, malformed);
        }
        throw new BadParameterException("cursor", Texts.BAD_CURSOR);
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + after).getBytes(StandardCharsets.US_ASCII));
    }
}
