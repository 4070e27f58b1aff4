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

/** What the registry asks of the gateway. */
@Path("/v1/callers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface GatewayApi {

    @POST
    Uni<Callers> callers(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Question question);

    record Question(List<String> codes) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Callers(List<Seen> callers) {}

    /** @param lastSeen ISO instant */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Seen(
            String caller,
            @Nullable List<String> codes,
            long requests,
            @Nullable String lastSeen,
            @Nullable List<String> examples) {}
}
