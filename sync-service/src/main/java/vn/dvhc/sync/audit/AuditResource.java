package vn.dvhc.sync.audit;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trail of what people did to cases. Read-only. */
@Path("/v1/audit")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private final AuditTrail trail;

    @Inject
    AuditResource(AuditTrail trail) {
        this.trail = trail;
    }

    /** Latest first; {@code cursor} is the id of the last line of the page before. */
    @GET
    public List<AuditTrail.Line> lines(
            @QueryParam("who") @Nullable String who,
            @QueryParam("action") @Nullable String action,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @Nullable Long cursor)
            throws SQLException {
        return trail.lines(
                new AuditTrail.Question(who, action, subject, cursor == null ? Long.MAX_VALUE : cursor, limit));
    }
}
