package vn.dvhc.registry.neighbour;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry asks of sync-service. */
@Path("/v1/record-counts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface SyncApi {

    @POST
    Uni<Counts> count(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Question question);

    record Question(List<UnitAt> units) {}

    record UnitAt(String code, String vintage) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Counts(List<Count> counts, boolean truncated) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Count(
            String source,
            String tier,
            String dataset,
            String code,
            String vintage,
            @Nullable String locality,
            long records) {}
}
