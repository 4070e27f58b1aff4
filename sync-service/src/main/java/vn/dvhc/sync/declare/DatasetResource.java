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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.PlanReader;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Splitting;
import vn.dvhc.sync.plan.Tier;

/** The kinds of records that are moved, and declaring more while everything runs. */
@Path("/v1/datasets")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DatasetResource {

    private final Declarations declarations;
    private final Plans plans;

    @Inject
    DatasetResource(Declarations declarations, Plans plans) {
        this.declarations = declarations;
        this.plans = plans;
    }

    /**
     * A kind of record, of the same form as in the plan's file.
     *
     * @param owner {@code commune} or {@code province}: its single writer
     * @param vintage a column's name, or {@code {"rule": "source"}}
     * @param follows {@code people}, {@code land} or {@code everything}
     * @param personal {@code drop} or {@code pseudonym} by column
     * @param sources those whose databases have the table; all of the owner's tier if missing
     * @param foreignWrites {@code undo}, {@code accept} or {@code ask}: what becomes of writes to copies by others
     * @param split what decides records of split units beside assigned localities: {@code address}, a column; {@code rule},
     *     {@code rest}; {@code threshold}, {@code certain}, {@code strong} or {@code likely}
     * @param journal columns whose every edit is kept and told by a record's journey
     * @param columns type by column
     */
    @Schema(name = "Dataset")
    public record Body(
            String name,
            String owner,
            String table,
            List<String> key,
            String unit,
            Object vintage,
            List<String> locality,
            String follows,
            List<String> up,
            List<String> down,
            Map<String, String> personal,
            @Nullable List<String> sources,
            @Nullable String foreignWrites,
            @Nullable Map<String, String> split,
            @Nullable List<String> journal,
            Map<String, String> columns) {

        static Body of(Dataset dataset) {
            Map<String, String> stored = new LinkedHashMap<>(dataset.columns());
            stored.keySet().retainAll(dataset.storedColumns());
            return new Body(
                    dataset.name(),
                    dataset.owner().label(),
                    dataset.table(),
                    dataset.key(),
                    dataset.unit(),
                    dataset.isRecoded()
                            ? dataset.vintage().column()
                            : Map.of(
                                    "rule",
                                    "source",
                                    "column",
                                    dataset.vintage().column()),
                    dataset.locality(),
                    dataset.follows().name().toLowerCase(Locale.ROOT),
                    dataset.up().stream().sorted().map(Tier::label).toList(),
                    dataset.down().stream().sorted().map(Tier::label).toList(),
                    dataset.personal().entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    column -> column.getValue().name().toLowerCase(Locale.ROOT))),
                    dataset.sources() == null
                            ? null
                            : dataset.sources().stream().sorted().toList(),
                    dataset.foreignWrites().label(),
                    split(dataset.split()),
                    dataset.journal(),
                    stored);
        }

        private static Map<String, String> split(Splitting split) {
            Map<String, String> told = new LinkedHashMap<>();
            if (split.address() != null) {
                told.put("address", split.address());
            }
            if (split.rule() != null) {
                told.put("rule", split.rule().label());
            }
            told.put("threshold", split.threshold().label());
            return told;
        }
    }

    @GET
    public List<Body> datasets() {
        return plans.current().stream()
                .flatMap(plan -> plan.datasets().stream().map(Body::of))
                .toList();
    }

    @GET
    @Path("/{name}")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", description = "No such dataset is in use")
    public Body dataset(@RestPath String name) {
        return plans.current()
                .flatMap(plan -> plan.dataset(name))
                .map(Body::of)
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
        Dataset dataset = PlanReader.dataset(text);
        Refusals.throwUnlessDone(
                dataset.name(),
                declarations.dataset(Declarations.Wish.ADD, dataset.name(), text, Refusals.caller(caller)));
        return Response.created(URI.create("/v1/datasets/" + dataset.name()))
                .entity(Body.of(dataset))
                .build();
    }

    @PUT
    @Path("/{name}")
    @APIResponse(responseCode = "200", description = "Changed; in use within seconds")
    @APIResponse(responseCode = "404", description = "No such dataset was declared")
    @APIResponse(responseCode = "409", description = "Declared in the plan's file")
    @APIResponse(responseCode = "422", description = "Everything that is wrong, in problems")
    public Body change(
            @RestPath String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        String text = Refusals.text(body);
        Dataset dataset = PlanReader.dataset(text);
        Refusals.requireSameName(name, dataset.name());
        Refusals.throwUnlessDone(
                name, declarations.dataset(Declarations.Wish.CHANGE, name, text, Refusals.caller(caller)));
        return Body.of(dataset);
    }

    /** Ends the capture of its tables; copies stay as they are. */
    @DELETE
    @Path("/{name}")
    @APIResponse(responseCode = "204", description = "Withdrawn")
    @APIResponse(responseCode = "404", description = "No such dataset was declared")
    @APIResponse(responseCode = "409", description = "Declared in the plan's file")
    public void withdraw(@RestPath String name, @Context SecurityContext caller) throws SQLException {
        Refusals.throwUnlessDone(
                name, declarations.dataset(Declarations.Wish.WITHDRAW, name, null, Refusals.caller(caller)));
    }
}
