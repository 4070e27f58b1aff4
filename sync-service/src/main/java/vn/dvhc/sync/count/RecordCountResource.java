package vn.dvhc.sync.count;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitRef;

/** How many records a decision would concern: for those who draft and approve it, and for operators. */
@Path("/v1/record-counts")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RecordCountResource {

    private final RecordCounter counter;

    @Inject
    RecordCountResource(RecordCounter counter) {
        this.counter = counter;
    }

    /**
     * A unit by its code, read at a date.
     *
     * @param code 2, 3 or 5 digits
     * @param vintage ISO date
     */
    @Schema(name = "UnitAt")
    public record UnitAt(String code, String vintage) {

        static UnitAt of(UnitRef ref) {
            return new UnitAt(ref.code().value(), String.valueOf(ref.vintage()));
        }
    }

    /** @param units 1 to 5,000 */
    @Schema(name = "RecordCountsQuestion")
    public record Question(List<UnitAt> units) {}

    /**
     * @param truncated whether there was more than an answer may hold: ask for fewer units
     * @param unknown units that nobody was at their date
     */
    @Schema(name = "RecordCounts")
    public record Answer(List<RecordCounter.Count> counts, boolean truncated, List<UnitAt> unknown) {}

    @POST
    public Answer count(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Question.class)))
                    @Nullable
                    JsonNode question)
            throws SQLException {
        RecordCounter.Counts counted = counter.count(CountRequest.read(question));
        return new Answer(
                counted.counts(),
                counted.truncated(),
                counted.unknown().stream().map(UnitAt::of).toList());
    }
}
