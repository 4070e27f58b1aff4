package vn.dvhc.registry.neighbour;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.PlanLine;

/** How sync-service plans the hand-over of a day to come. */
@Path("/v1/handovers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface SyncPlanApi {

    @POST
    @Path("/{date}/plan")
    Uni<Plan> plan(
            @PathParam("date") String date,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            Question question);

    record Question(List<Unit> units) {}

    record Unit(String code, String vintage, int successors, Set<String> localities) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Plan(
            String date,
            boolean upperBound,
            List<OfUnit> units,
            List<OfDatabase> databases,
            @Nullable String restsOn,
            boolean truncated,
            String digest) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfUnit(String code, String vintage, String dataset, String database, long move, long keep, long queue) {

        PlanLine toLine() {
            return new PlanLine(code, vintage, dataset, database, move, keep, queue);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfDatabase(
            String database,
            String dataset,
            @Nullable Double recordsPerSecond,
            @Nullable Long estimatedSeconds) {}
}
