package vn.dvhc.sync.letter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.apply.Redrive;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.capture.CdcReader;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;

/** What people do with letters before they are tried again: look, mend, end. Blocks: call it from a worker. */
@Singleton
class LetterDesk {

    private final Plans plans;
    private final Databases databases;
    private final Redrive redrive;
    private final ObjectMapper json;

    @Inject
    LetterDesk(Plans plans, Databases databases, Redrive redrive, ObjectMapper json) {
        this.plans = plans;
        this.databases = databases;
        this.redrive = redrive;
        this.json = json;
    }

    /**
     * All there is about a letter.
     *
     * @param payload the message as it came; null if it was not kept
     * @param amendedPayload a person's version of it
     */
    @Schema(name = "LetterCase")
    record Case(
            Letter letter,
            @Nullable String payload,
            @Nullable String amendedPayload,
            List<AuditTrail.Line> audit) {}

    /** How a request about one letter ended. */
    enum Outcome {
        DONE,
        UNKNOWN,
        /** The case has ended. */
        CLOSED,
        INVALID
    }

    /** @param why what is wrong, in Vietnamese; null if it was done */
    record Answer(Outcome outcome, @Nullable String why) {
        static final Answer DONE = new Answer(Outcome.DONE, null);
    }

    /**
     * What became of the letters of one correction.
     *
     * @param items {@code amended}; {@code refused}, since the record would be refused all the same; or {@code skipped}, since its
     *     message does not bear what is to be replaced
     */
    @Schema(name = "CorrectionReport")
    record Report(
            boolean dryRun,
            long amended,
            long stillRefused,
            long skipped,
            List<Redriver.Item> items,
            boolean more,
            @Nullable String next) {}

    /** Work on one open letter, in the transaction that has locked it; answers why it can't be done. */
    @FunctionalInterface
    private interface Work {
        Optional<String> on(Connection connection, LetterStore.Kept kept) throws SQLException;
    }

    List<Letter> list(Selection.Filter filter, long before, int limit) throws SQLException {
        return plans.current().isEmpty()
                ? List.of()
                : databases.asOwner(
                        plans.current().orElseThrow().nation(),
                        connection -> LetterStore.list(connection, filter, before, limit));
    }

    List<LetterStore.Group> groups(int limit) throws SQLException {
        return plans.current().isEmpty()
                ? List.of()
                : databases.asOwner(
                        plans.current().orElseThrow().nation(), connection -> LetterStore.groups(connection, limit));
    }

    Optional<Case> find(long id) throws SQLException {
        if (plans.current().isEmpty()) {
            return Optional.empty();
        }
        return databases.asOwner(plans.current().orElseThrow().nation(), connection -> {
            Optional<LetterStore.Kept> kept = LetterStore.find(connection, id, false);
            return kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Case(
                            kept.get().letter(),
                            kept.get().payload(),
                            kept.get().amended(),
                            AuditTrail.of(connection, Letter.subject(id))));
        });
    }

    /** Puts a version of the message beside the original. */
    Answer amend(long id, @Nullable JsonNode version, String who) throws SQLException {
        return onOpen(id, who, "dead-letter-amend", null, (connection, kept) -> {
            Optional<String> problem = amendment(plans.current().orElseThrow()).problem(kept, version);
            if (problem.isEmpty()) {
                LetterStore.amend(connection, new Rows(2).add(String.valueOf(id), String.valueOf(version)));
            }
            return problem;
        });
    }

    /** Takes that version back. */
    Answer restore(long id, String who) throws SQLException {
        return onOpen(id, who, "dead-letter-restore", null, (connection, kept) -> {
            LetterStore.amend(connection, new Rows(2).add(String.valueOf(id), null));
            return Optional.empty();
        });
    }

    /** Ends the case without applying the message. */
    Answer discard(long id, String reason, String who) throws SQLException {
        return onOpen(id, who, "dead-letter-discard", reason, (connection, kept) -> {
            LetterStore.discard(connection, id);
            return Optional.empty();
        });
    }

    private Answer onOpen(long id, String who, String action, @Nullable String reason, Work work) throws SQLException {
        if (plans.current().isEmpty()) {
            return new Answer(Outcome.UNKNOWN, null);
        }
        return databases.asOwner(plans.current().orElseThrow().nation(), connection -> {
            Optional<LetterStore.Kept> kept = LetterStore.find(connection, id, true);
            if (kept.isEmpty()) {
                return new Answer(Outcome.UNKNOWN, null);
            }
            if (!kept.get().letter().isOpen()) {
                return new Answer(Outcome.CLOSED, "Thư " + id + " đã kết thúc.");
            }
            Optional<String> problem = work.on(connection, kept.get());
            if (problem.isPresent()) {
                return new Answer(Outcome.INVALID, problem.get());
            }
            AuditTrail.write(
                    connection, List.of(new AuditTrail.Deed(who, action, Letter.subject(id), reason, "done", null)));
            return Answer.DONE;
        });
    }

    /** Replaces a wrong code or date in many messages; those that would be refused all the same are left alone. */
    Report correct(Selection selection, UnitCorrection correction, String who, boolean dryRun) throws SQLException {
        Plan plan = plans.current().orElseThrow();
        Amendment amendment = amendment(plan);
        return databases.asOwner(plan.nation(), connection -> {
            List<LetterStore.Kept> found = LetterStore.select(connection, selection, selection.limit() + 1);
            List<LetterStore.Kept> letters = found.subList(0, Math.min(found.size(), selection.limit()));
            List<Redriver.Item> items = new ArrayList<>();
            List<AuditTrail.Deed> deeds = new ArrayList<>();
            Rows amended = new Rows(2);
            for (LetterStore.Kept kept : letters) {
                long id = kept.letter().id();
                Optional<String> version = corrected(plan, kept, correction);
                Optional<String> refusal = version.flatMap(text -> refusal(plan, amendment, kept, text));
                if (version.isEmpty()) {
                    items.add(new Redriver.Item(id, "skipped", null, "Bản tin không mang giá trị cần thay."));
                } else if (refusal.isPresent()) {
                    items.add(new Redriver.Item(id, "refused", null, refusal.get()));
                } else {
                    items.add(new Redriver.Item(id, "amended", null, null));
                    amended.add(String.valueOf(id), version.get());
                    deeds.add(new AuditTrail.Deed(
                            who, "dead-letter-correct", Letter.subject(id), null, "done", correction.toString()));
                }
            }
            if (!dryRun && !amended.isEmpty()) {
                LetterStore.amend(connection, amended);
                AuditTrail.write(connection, deeds);
            }
            boolean more = found.size() > letters.size();
            return report(items, dryRun, more ? letters.get(letters.size() - 1) : null);
        });
    }

    private Optional<String> corrected(Plan plan, LetterStore.Kept kept, UnitCorrection correction) {
        Letter letter = kept.letter();
        Optional<Dataset> dataset = new Progress.Place(letter.topic(), letter.partition()).dataset(plan);
        String payload = kept.present();
        if (dataset.isEmpty() || payload == null) {
            return Optional.empty();
        }
        try {
            return json.readTree(payload) instanceof ObjectNode event && correction.apply(dataset.get(), event)
                    ? Optional.of(event.toString())
                    : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<String> refusal(Plan plan, Amendment amendment, LetterStore.Kept kept, String version) {
        Amendment.Reading reading = amendment.read(kept.letter(), version);
        Change change = reading.change();
        if (change == null) {
            return Optional.of(
                    reading.refusal() == null
                            ? kept.letter().detail()
                            : reading.refusal().detail());
        }
        return redrive.refusal(plan, change);
    }

    private static Report report(List<Redriver.Item> items, boolean dryRun, LetterStore.@Nullable Kept last) {
        return new Report(
                dryRun,
                count(items, "amended"),
                count(items, "refused"),
                count(items, "skipped"),
                items,
                last != null,
                last == null
                        ? null
                        : new Selection.Place(
                                        last.letter().topic(),
                                        last.letter().partition(),
                                        last.letter().offset())
                                .toString());
    }

    private static long count(List<Redriver.Item> items, String outcome) {
        return items.stream().filter(item -> item.outcome().equals(outcome)).count();
    }

    private Amendment amendment(Plan plan) {
        return new Amendment(json, new CdcReader(json, plan));
    }
}
