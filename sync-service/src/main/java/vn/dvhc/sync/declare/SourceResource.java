package vn.dvhc.sync.declare;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.connector.ConnectorState;
import vn.dvhc.sync.connector.ConnectorSupervisor;
import vn.dvhc.sync.connector.SnapshotWishes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.PlanReader;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;

/** The databases that take part, and declaring more while everything runs. */
@Path("/v1/sources")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SourceResource {

    private final Declarations declarations;
    private final PlanKeeper keeper;
    private final Plans plans;
    private final ConnectorSupervisor connectors;
    private final SnapshotWishes wishes;

    @Inject
    SourceResource(
            Declarations declarations,
            PlanKeeper keeper,
            Plans plans,
            ConnectorSupervisor connectors,
            SnapshotWishes wishes) {
        this.declarations = declarations;
        this.keeper = keeper;
        this.plans = plans;
        this.connectors = connectors;
        this.wishes = wishes;
    }

    /**
     * A database that takes part, of the same form as in the plan's file.
     *
     * @param tier {@code commune}, {@code province} or {@code nation}
     * @param province code of the province it serves; none for the nation
     * @param vintage date as of which that code is read
     * @param database {@code host:port/name}
     * @param epoch grows when the database was restored or a replica promoted
     */
    @Schema(name = "Source")
    public record Body(
            String name,
            String tier,
            @Nullable String province,
            @Nullable LocalDate vintage,
            String database,
            int epoch) {

        static Body of(Source source) {
            return new Body(
                    source.name(),
                    source.tier().label(),
                    source.province(),
                    source.vintage(),
                    source.database(),
                    source.epoch());
        }
    }

    /**
     * A source in use.
     *
     * @param owns datasets whose records it owns
     * @param holds datasets of which it holds copies
     */
    @Schema(name = "SourceInUse")
    public record InUse(Body source, List<String> owns, List<String> holds, ConnectorState connector) {}

    /** @param problems why what is declared now is not in use; empty if it is */
    @Schema(name = "Sources")
    public record All(List<InUse> sources, List<String> problems) {}

    @GET
    public All sources() {
        return new All(
                plans.current().stream()
                        .flatMap(plan -> plan.sources().stream().map(source -> inUse(plan, source)))
                        .toList(),
                keeper.problems());
    }

    @GET
    @Path("/{name}")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", description = "No such source is in use")
    public InUse source(@RestPath String name) {
        return plans.current()
                .flatMap(plan -> plan.source(name).map(source -> inUse(plan, source)))
                .orElseThrow(() -> Refusals.unknown(name));
    }

    @POST
    @APIResponse(
            responseCode = "201",
            description = "Declared; in use within seconds",
            content = @Content(schema = @Schema(implementation = Body.class)))
    @APIResponse(responseCode = "409", description = "The name is taken")
    @APIResponse(responseCode = "422", description = "Everything that is wrong, in problems")
    public Response add(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        String text = Refusals.text(body);
        Source source = PlanReader.source(text);
        Refusals.throwUnlessDone(
                source.name(),
                declarations.source(Declarations.Wish.ADD, source.name(), text, Refusals.caller(caller)));
        return Response.created(URI.create("/v1/sources/" + source.name()))
                .entity(Body.of(source))
                .build();
    }

    @PUT
    @Path("/{name}")
    @APIResponse(responseCode = "200", description = "Changed; in use within seconds")
    @APIResponse(responseCode = "404", description = "No such source was declared")
    @APIResponse(responseCode = "409", description = "Declared in the plan's file")
    @APIResponse(responseCode = "422", description = "Everything that is wrong, in problems")
    public Body change(
            @RestPath String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        String text = Refusals.text(body);
        Source source = PlanReader.source(text);
        Refusals.requireSameName(name, source.name());
        Refusals.throwUnlessDone(
                name, declarations.source(Declarations.Wish.CHANGE, name, text, Refusals.caller(caller)));
        return Body.of(source);
    }

    /** Ends the capture: connector, position and replication slot are removed; copies stay as they are. */
    @DELETE
    @Path("/{name}")
    @APIResponse(responseCode = "204", description = "Withdrawn; its connector and slot go within seconds")
    @APIResponse(responseCode = "404", description = "No such source was declared")
    @APIResponse(responseCode = "409", description = "Declared in the plan's file")
    public void withdraw(@RestPath String name, @Context SecurityContext caller) throws SQLException {
        Refusals.throwUnlessDone(
                name, declarations.source(Declarations.Wish.WITHDRAW, name, null, Refusals.caller(caller)));
    }

    /** Asks for all rows of a source again, while changes go on streaming. */
    @POST
    @Path("/{name}/snapshots")
    @Consumes(MediaType.WILDCARD)
    @APIResponse(responseCode = "202", description = "Asked for")
    @APIResponse(responseCode = "404", description = "No such source is in use")
    public Response snapshot(@RestPath String name) throws SQLException {
        Plan plan = plans.current().orElseThrow(() -> Refusals.unknown(name));
        Source source = plan.source(name).orElseThrow(() -> Refusals.unknown(name));
        List<String> tables = plan.ownedBy(source).stream().map(Dataset::table).toList();
        if (tables.isEmpty()) {
            throw Refusals.unknown(name);
        }
        wishes.add(plan, source, tables);
        return Response.accepted().build();
    }

    private InUse inUse(Plan plan, Source source) {
        return new InUse(
                Body.of(source),
                plan.ownedBy(source).stream().map(Dataset::name).toList(),
                plan.copiedTo(source).stream().map(Dataset::name).toList(),
                connectors.state(source));
    }
}
