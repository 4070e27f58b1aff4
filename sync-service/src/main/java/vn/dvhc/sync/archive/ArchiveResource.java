package vn.dvhc.sync.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.audit.Caller;

/** Closes a former home for writing: it stays as an archive that still answers. */
@Path("/v1/sources/{name}/archive")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
public class ArchiveResource {

    private static final int LONGEST_REASON = 1_000;

    private final Archives archives;

    @Inject
    ArchiveResource(Archives archives) {
        this.archives = archives;
    }

    /** @param reason required, at most 1,000 characters */
    @Schema(name = "ArchiveBody")
    public record Body(String reason) {}

    @GET
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", description = "No such source is in use")
    public Archives.State state(@RestPath String name) throws SQLException {
        return archives.state(name).orElseThrow(() -> unknown(name));
    }

    /** Nobody writes to the tables any more whose records were handed over. Done again, it changes nothing. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(responseCode = "200", description = "Closed")
    @APIResponse(responseCode = "404", description = "No such source is in use")
    @APIResponse(responseCode = "409", description = "It is a home of records still, or can't be closed now")
    public Archives.State close(
            @RestPath String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        String reason = reason(body == null ? null : body.path("reason").asText());
        return done(name, archives.close(name, reason, Caller.of(caller)));
    }

    /** Lets the former owner write again; what he writes follows its record, as before. */
    @DELETE
    @APIResponse(responseCode = "200", description = "Open")
    @APIResponse(responseCode = "404", description = "No such source is in use")
    @APIResponse(responseCode = "409", description = "It was not closed")
    public Archives.State open(
            @RestPath String name, @RestQuery @Nullable String reason, @Context SecurityContext caller)
            throws SQLException {
        return done(name, archives.open(name, reason(reason), Caller.of(caller)));
    }

    private static Archives.State done(String name, Archives.Answer answer) {
        Archives.State state = answer.state();
        if (state != null) {
            return state;
        }
        if (answer.why() == null) {
            throw unknown(name);
        }
        throw new ClientErrorException(answer.why(), Response.Status.CONFLICT);
    }

    private static String reason(@Nullable String given) {
        String reason = given == null ? "" : given.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new BadRequestException("Cần reason: lý do đóng hoặc mở, không quá " + LONGEST_REASON + " ký tự.");
        }
        return reason;
    }

    private static NotFoundException unknown(String name) {
        return new NotFoundException("Không có cơ sở dữ liệu nào tên " + name + ".");
    }
}
