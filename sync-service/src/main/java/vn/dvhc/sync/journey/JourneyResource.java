package vn.dvhc.sync.journey;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.mandate.Mandates;

/** Where a record has been. */
@Path("/v1/records")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Mandate.OPERATOR, Mandate.OFFICER})
public class JourneyResource {

    private final Journeys journeys;
    private final Mandates mandates;
    private final SecurityIdentity caller;

    @Inject
    JourneyResource(Journeys journeys, Mandates mandates, SecurityIdentity caller) {
        this.journeys = journeys;
        this.mandates = mandates;
        this.caller = caller;
    }

    /** The parts of a key of several columns are separated by {@code ~}. */
    @GET
    @Path("/{dataset}/{key}/journey")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "403", description = "The record is and was of units that the officer does not act for")
    @APIResponse(responseCode = "404", description = "No database knows such a record")
    public Journey journey(@RestPath String dataset, @RestPath String key) {
        return find(dataset, key);
    }

    /** The same for a key that can't stand in a path, such as one with a slash. */
    @GET
    @Path("/{dataset}/journey")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "400", description = "No key")
    @APIResponse(responseCode = "403", description = "The record is and was of units that the officer does not act for")
    @APIResponse(responseCode = "404", description = "No database knows such a record")
    public Journey journeyOfKey(@RestPath String dataset, @QueryParam("key") @Nullable String key) {
        if (key == null || key.isEmpty()) {
            throw new BadRequestException("Cần key: khoá của hồ sơ.");
        }
        return find(dataset, key);
    }

    private Journey find(String dataset, String key) {
        Journey journey = journeys.of(dataset, key)
                .orElseThrow(
                        () -> new NotFoundException("Không tìm thấy hồ sơ " + key + " trong tập " + dataset + "."));
        mandates.requireOneOf(caller, Call.READ_JOURNEY, Journeys.units(journey));
        return journey;
    }
}
