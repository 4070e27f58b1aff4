package vn.dvhc.demo.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** What a look-up must answer as one timeline knows it, and whether an answer is that. */
final class UnitAnswer {

    private UnitAnswer() {}

    /** Whether the answer to {@code GET /v1/units/{code}?at=} is right. */
    static boolean isUnit(Timeline timeline, UnitCode code, LocalDate at, int status, JsonNode body) {
        Optional<Unit> unit = timeline.unit(code, at);
        return unit.isPresent() ? status == 200 && matches(unit.get(), body) : status == 404;
    }

    /** Whether the answer to {@code GET /v1/units/{code}/successors?at=&on=} is right; for a unit that was in force. */
    static boolean isSuccessors(
            Timeline timeline, UnitCode code, LocalDate at, LocalDate on, int status, JsonNode body) {
        Set<String> successors = timeline
                .successors(timeline.unit(code, at).orElseThrow().id(), on)
                .stream()
                .map(reached -> reached.unit().id().toString())
                .collect(Collectors.toSet());
        Set<String> answered = StreamSupport.stream(body.path("successors").spliterator(), false)
                .map(successor -> successor.path("unit").path("unitId").asText())
                .collect(Collectors.toSet());
        return status == 200 && successors.equals(answered);
    }

    private static boolean matches(Unit unit, JsonNode body) {
        return unit.id().toString().equals(body.path("unitId").asText())
                && unit.code().value().equals(body.path("code").asText())
                && unit.level().label().equals(body.path("level").asText())
                && unit.type().label().equals(body.path("type").asText())
                && unit.name().equals(body.path("name").asText())
                && unit.validFrom().toString().equals(body.path("validFrom").asText())
                && text(unit.validTo()).equals(body.path("validTo").asText(""))
                && text(unit.parent()).equals(body.path("parent").path("unitId").asText(""));
    }

    private static String text(@Nullable LocalDate date) {
        return date == null ? "" : date.toString();
    }

    private static String text(@Nullable UnitId id) {
        return id == null ? "" : id.toString();
    }
}
