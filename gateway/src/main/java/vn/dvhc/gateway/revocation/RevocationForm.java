package vn.dvhc.gateway.revocation;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.identity.Revocation;
import vn.dvhc.gateway.store.DoorDatabase;

/** What an administrator asks for, and how a revocation is told. */
record RevocationForm(Revocation.Kind whose, String name, Optional<Instant> until, String why) {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_WHY = 500;
    private static final Duration FARTHEST = Duration.ofDays(366);

    /** Reads a body; empty if it is not as it has to be. */
    static Optional<RevocationForm> read(Buffer body, Instant now) {
        JsonObject form;
        try {
            form = body.toJsonObject();
        } catch (DecodeException | ClassCastException unreadable) {
            return Optional.empty();
        }
        boolean isOfSubject = form.containsKey("subject");
        Object name = form.getValue(isOfSubject ? "subject" : "client");
        Optional<String> why = text(form.getValue("why"), LONGEST_WHY);
        Object untilText = form.getValue("until");
        Optional<Instant> until = moment(untilText).filter(moment -> isNear(moment, now));
        boolean isWhole = isOfSubject != form.containsKey("client")
                && text(name, LONGEST_NAME).isPresent()
                && why.isPresent()
                && (untilText == null || until.isPresent());
        return isWhole
                ? Optional.of(new RevocationForm(
                        isOfSubject ? Revocation.Kind.SUBJECT : Revocation.Kind.CLIENT,
                        (String) name,
                        until,
                        why.get().strip()))
                : Optional.empty();
    }

    private static boolean isNear(Instant moment, Instant now) {
        return moment.isAfter(now) && moment.isBefore(now.plus(FARTHEST));
    }

    private static Optional<String> text(@Nullable Object value, int longest) {
        return value instanceof String text && !text.isBlank() && text.length() <= longest && DoorDatabase.isText(text)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<Instant> moment(@Nullable Object value) {
        try {
            return value instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    static JsonObject json(KeptRevocation kept) {
        Revocation revocation = kept.revocation();
        return new JsonObject()
                .put("id", kept.id())
                .put(Words.whose(revocation), revocation.name())
                .put("issuedUpTo", revocation.upTo().toString())
                .put("ends", revocation.end().toString())
                .put("why", kept.why())
                .put("by", kept.by().isEmpty() ? null : kept.by())
                .put("at", kept.at().toString());
    }
}
