package vn.dvhc.sync.reference;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Which databases hold which state of the units. */
@Path("/v1/sync/reference-tables")
@Produces(MediaType.APPLICATION_JSON)
public class ReferenceResource {

    private final ReferenceKeeper keeper;

    @Inject
    ReferenceResource(ReferenceKeeper keeper) {
        this.keeper = keeper;
    }

    @GET
    public List<ReferenceKeeper.Status> referenceTables() {
        return keeper.statuses();
    }
}
