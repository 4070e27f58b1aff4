package vn.dvhc.sync.status;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.apply.LagMeter;
import vn.dvhc.sync.apply.RecordApplier;
import vn.dvhc.sync.conflict.ConflictInbox;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.handover.Accounts;
import vn.dvhc.sync.handover.HandOvers;
import vn.dvhc.sync.handover.Revisions;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.sync.letter.Letters;
import vn.dvhc.sync.units.UnitKnowledge;

/** What operators ask of the mover. Read-only. */
@Path("/v1")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
public class StatusResource {

    private final Books books;
    private final Letters letters;
    private final ConflictInbox conflicts;
    private final Freshness freshness;
    private final UnitKnowledge knowledge;
    private final RecordApplier applier;
    private final LagMeter lag;
    private final Lanes lanes;
    private final HandOvers running;
    private final Accounts accounts;
    private final Revisions revisions;

    @Inject
    StatusResource(
            Books books,
            Letters letters,
            ConflictInbox conflicts,
            Freshness freshness,
            UnitKnowledge knowledge,
            RecordApplier applier,
            LagMeter lag,
            Lanes lanes,
            HandOvers running,
            Accounts accounts,
            Revisions revisions) {
        this.books = books;
        this.letters = letters;
        this.conflicts = conflicts;
        this.freshness = freshness;
        this.knowledge = knowledge;
        this.applier = applier;
        this.lag = lag;
        this.lanes = lanes;
        this.running = running;
        this.accounts = accounts;
        this.revisions = revisions;
    }

    /** The units in use. */
    public record Units(LocalDate lastDay, long sequence, String digest) {}

    /** The latest hand-over; state {@code none} before the first. */
    public record Enactment(@Nullable LocalDate date, String state) {}

    /**
     * @param backlog messages in Kafka that some database has yet to apply
     * @param sources how fresh and complete the copies are, by source and dataset
     * @param lanes the ways from a source to a database that the stream goes on without; they catch up by themselves
     * @param unreachable databases that do not answer now: what they keep is missing in the counts
     * @param provinces the same by province
     */
    public record Status(
            Units timeline,
            int assignments,
            long backlog,
            long applied,
            long deadLetters,
            long queued,
            long conflicts,
            LagMeter.Reading lag,
            Enactment enactment,
            List<Freshness.SourceStatus> sources,
            List<LaneStatus> lanes,
            List<String> unreachable,
            List<Freshness.ProvinceStatus> provinces) {}

    /**
     * A way from a source to a database that the stream goes on without.
     *
     * @param state {@code held} while records are handed over, else {@code behind}
     * @param cause why, in Vietnamese
     */
    @Schema(name = "LaneStatus")
    public record LaneStatus(String source, String target, String state, String cause, String since) {

        private static LaneStatus of(Lanes.Closed lane) {
            return new LaneStatus(
                    lane.lane().source(),
                    lane.lane().target(),
                    lane.held() ? "held" : "behind",
                    lane.cause(),
                    lane.since().toString());
        }
    }

    /**
     * A hand-over with its manifests.
     *
     * @param waiting its parts that are not done
     * @param parts its figures by dataset and home
     * @param corrections of the day, taken after it was handed over
     */
    public record HandOverDetail(
            Books.Summary summary,
            boolean checksumsEqual,
            List<Books.Manifest> manifests,
            List<HandOvers.Waiting> waiting,
            List<Accounts.Part> parts,
            List<Revisions.Taken> corrections) {}

    @GET
    @Path("/sync/status")
    public Status status() throws SQLException, InterruptedException, ExecutionException {
        UnitKnowledge.State state = knowledge.state();
        Map<Progress.Place, Long> backlogs = books.backlogs();
        List<Freshness.SourceStatus> sources = freshness.sources(backlogs);
        Books.Queue queue = books.queue();
        return new Status(
                new Units(state.lastDay(), state.sequence(), state.timeline().digest()),
                state.localities().size(),
                backlogs.values().stream().mapToLong(Long::longValue).sum(),
                applier.applied(),
                letters.openCount(),
                queue.count(),
                conflicts.openCount(),
                lag.read(),
                books.latest().orElse(new Enactment(null, "none")),
                sources,
                lanes.closed().stream().map(LaneStatus::of).toList(),
                queue.unreachable(),
                Freshness.provinces(sources));
    }

    @GET
    @Path("/handovers")
    public List<Books.Summary> handOvers() throws SQLException {
        return books.handOvers();
    }

    @GET
    @Path("/handovers/{date}")
    public HandOverDetail handOver(@RestPath String date) throws SQLException {
        LocalDate day;
        try {
            day = LocalDate.parse(date);
        } catch (DateTimeException malformed) {
            throw new BadRequestException("Ngày phải có dạng YYYY-MM-DD.", malformed);
        }
        Books.Summary summary = books.handOver(day)
                .orElseThrow(() -> new NotFoundException("Không có đợt bàn giao nào của ngày " + day + "."));
        List<Books.Manifest> manifests = books.manifests(day);
        return new HandOverDetail(
                summary,
                manifests.stream().allMatch(Books.Manifest::equal),
                manifests,
                running.unfinished().stream()
                        .filter(part -> part.day().equals(day))
                        .toList(),
                accounts.parts(day),
                revisions.of(day));
    }
}
