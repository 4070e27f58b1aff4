package vn.dvhc.sync.letter;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.apply.Redrive;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.capture.CdcReader;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.capture.Origin;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;

/**
 * Tries letters again, in order of topic, partition and offset, one version of a record after the other, while neither the stream
 * nor an enactment is at work. A letter stays the one it is: trying never makes another.
 */
@Singleton
class Redriver {

    /** How many letters of unknown records are looked at before each call, to see whether they can be read now. */
    private static final int LOOK_BACK = 1_000;

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final Gate gate;
    private final Redrive redrive;
    private final SyncConfig config;
    private final ObjectMapper json;

    @Inject
    Redriver(
            Plans plans,
            Databases databases,
            UnitKnowledge knowledge,
            Gate gate,
            Redrive redrive,
            SyncConfig config,
            ObjectMapper json) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.gate = gate;
        this.redrive = redrive;
        this.config = config;
        this.json = json;
    }

    /**
     * What became of one letter.
     *
     * @param outcome {@code applied}, {@code superseded}, {@code refused} or {@code skipped}
     * @param cause why it is refused
     * @param detail what there is to say of it, in Vietnamese
     */
    @Schema(name = "RedriveItem")
    record Item(
            long id,
            String outcome,
            @Nullable String cause,
            @Nullable String detail) {}

    /**
     * What became of the letters of one call.
     *
     * @param more whether there are more, for a call with {@code cursor} = {@code next}
     */
    @Schema(name = "RedriveReport")
    record Report(
            boolean dryRun,
            long applied,
            long superseded,
            long stillRefused,
            long skipped,
            List<Item> items,
            boolean more,
            @Nullable String next) {}

    /** The letters of a call, on their way. */
    private static final class Run {
        private final Map<Long, Item> items = new LinkedHashMap<>();
        private final Map<Long, LetterStore.Tried> tried = new LinkedHashMap<>();
        private final Set<List<String>> stuck = new HashSet<>();
    }

    /** A letter whose message can be read. */
    private record Readable(LetterStore.Kept kept, Change change) {

        /** What the record is, for the order of its versions. */
        private List<String> record() {
            return List.of(kept.letter().topic(), change.key());
        }
    }

    /** Waits for the gate; to be called only when it has opened. */
    Report run(Selection selection, String who, boolean rehearsal) throws SQLException, InterruptedException {
        gate.enter();
        try {
            return within(plans.current().orElseThrow(), selection, who, rehearsal);
        } finally {
            gate.leave();
        }
    }

    private Report within(Plan plan, Selection selection, String who, boolean rehearsal) throws SQLException {
        Amendment amendment = new Amendment(json, new CdcReader(json, plan));
        List<LetterStore.Kept> found = databases.asOwner(
                plan.nation(), connection -> LetterStore.select(connection, selection, selection.limit() + 1));
        List<LetterStore.Kept> letters = found.subList(0, Math.min(found.size(), selection.limit()));
        learn(plan, amendment, letters);

        Run run = new Run();
        Fingerprint fingerprint = new Fingerprint(plan, knowledge.state());
        List<Readable> readable = new ArrayList<>();
        for (LetterStore.Kept kept : letters) {
            read(amendment, kept, selection.force(), fingerprint, run).ifPresent(readable::add);
        }
        Set<Long> blocked = blocked(plan, readable);
        for (List<Readable> wave : waves(readable)) {
            apply(plan, amendment, wave, blocked, fingerprint, rehearsal, run);
        }
        for (long id : selection.ids()) {
            run.items.putIfAbsent(id, skipped(id, "Không có thư này, hoặc thư đã kết thúc."));
        }
        if (!rehearsal) {
            record(plan, run, who);
        }
        return report(run, rehearsal, found.size() > letters.size() ? letters.get(letters.size() - 1) : null);
    }

    /** Finds out what record letters are about that could not be read when they came, so that their order is kept. */
    private void learn(Plan plan, Amendment amendment, List<LetterStore.Kept> letters) throws SQLException {
        List<String> topics =
                letters.stream().map(kept -> kept.letter().topic()).distinct().toList();
        databases.runAsOwner(plan.nation(), connection -> {
            Rows known = new Rows(3);
            for (LetterStore.Kept kept : LetterStore.ofUnknownKey(connection, topics, LOOK_BACK)) {
                Change change = amendment
                        .read(kept.letter(), String.valueOf(kept.present()))
                        .change();
                if (change != null) {
                    known.add(
                            String.valueOf(kept.letter().id()), change.dataset().name(), change.key());
                }
            }
            if (!known.isEmpty()) {
                LetterStore.learn(connection, known);
            }
        });
    }

    private Optional<Readable> read(
            Amendment amendment, LetterStore.Kept kept, boolean force, Fingerprint fingerprint, Run run) {
        Letter letter = kept.letter();
        String payload = kept.present();
        if (payload == null) {
            run.items.put(
                    letter.id(),
                    refused(letter.id(), letter.cause(), letter.detail() + " Nội dung không được giữ lại."));
            return Optional.empty();
        }
        if (!force
                && letter.attempts() >= config.letters().maxAttempts()
                && fingerprint.of(letter.topic()).equals(kept.fingerprint())) {
            run.items.put(
                    letter.id(),
                    skipped(
                            letter.id(),
                            "Đã bị từ chối " + letter.attempts()
                                    + " lần mà nội dung, khai báo và đơn vị không đổi: hãy sửa trước, hoặc dùng force."));
            stick(letter, run);
            return Optional.empty();
        }
        Amendment.Reading reading = amendment.read(letter, payload);
        if (reading.change() != null) {
            return Optional.of(new Readable(kept, reading.change()));
        }
        DeadLetter refusal = reading.refusal();
        refuse(
                kept,
                refusal == null ? letter.cause() : refusal.cause().name(),
                refusal == null ? letter.detail() : refusal.detail(),
                fingerprint,
                run);
        return Optional.empty();
    }

    private static void stick(Letter letter, Run run) {
        if (letter.key() != null) {
            run.stuck.add(List.of(letter.topic(), letter.key()));
        }
    }

    private void refuse(LetterStore.Kept kept, String cause, String detail, Fingerprint fingerprint, Run run) {
        Letter letter = kept.letter();
        String now = fingerprint.of(letter.topic());
        run.items.put(letter.id(), refused(letter.id(), cause, detail));
        run.tried.put(
                letter.id(),
                new LetterStore.Tried(
                        letter.id(),
                        Letter.State.OPEN,
                        now.equals(kept.fingerprint()) ? letter.attempts() + 1 : 1,
                        cause,
                        detail,
                        now,
                        null,
                        null));
        stick(letter, run);
    }

    private Set<Long> blocked(Plan plan, List<Readable> readable) throws SQLException {
        if (readable.isEmpty()) {
            return Set.of();
        }
        Rows rows = new Rows(2);
        List<String> ids = new ArrayList<>();
        for (Readable letter : readable) {
            String id = String.valueOf(letter.kept().letter().id());
            rows.add(id, letter.change().key());
            ids.add(id);
        }
        return new HashSet<>(
                databases.asOwner(plan.nation(), connection -> LetterStore.blocked(connection, rows, ids)));
    }

    /** The letters so that each wave has one version of a record at most, and a later wave the later version. */
    private static List<List<Readable>> waves(List<Readable> letters) {
        List<List<Readable>> waves = new ArrayList<>();
        Map<List<String>, Integer> seen = new HashMap<>();
        for (Readable letter : letters) {
            int wave = seen.merge(letter.record(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(letter);
        }
        return waves;
    }

    private void apply(
            Plan plan,
            Amendment amendment,
            List<Readable> wave,
            Set<Long> blocked,
            Fingerprint fingerprint,
            boolean rehearsal,
            Run run)
            throws SQLException {
        Map<Origin, Readable> tried = new LinkedHashMap<>();
        List<Redrive.Retry> retries = new ArrayList<>();
        for (Readable letter : wave) {
            LetterStore.Kept kept = letter.kept();
            long id = kept.letter().id();
            if (blocked.contains(id) || run.stuck.contains(letter.record())) {
                run.stuck.add(letter.record());
                run.items.put(
                        id,
                        skipped(id, "Hồ sơ này còn một thư cũ hơn chưa xong: hãy xử lý thư đó trước hoặc cùng lúc."));
                continue;
            }
            tried.put(letter.change().origin(), letter);
            retries.add(new Redrive.Retry(
                    letter.change(),
                    kept.amended() == null || kept.payload() == null
                            ? null
                            : amendment.read(kept.letter(), kept.payload()).change()));
        }
        redrive.apply(plan, retries, rehearsal)
                .forEach((origin, result) -> took(tried.get(origin), result, fingerprint, run));
    }

    private void took(@Nullable Readable letter, Redrive.Result result, Fingerprint fingerprint, Run run) {
        if (letter == null) {
            return;
        }
        LetterStore.Kept kept = letter.kept();
        long id = kept.letter().id();
        if (result.outcome() == Redrive.Outcome.REFUSED) {
            run.stuck.add(letter.record());
            refuse(
                    kept,
                    result.cause() == null
                            ? kept.letter().cause()
                            : result.cause().name(),
                    result.detail() == null ? kept.letter().detail() : result.detail(),
                    fingerprint,
                    run);
            return;
        }
        Letter.State state =
                result.outcome() == Redrive.Outcome.APPLIED ? Letter.State.APPLIED : Letter.State.SUPERSEDED;
        run.items.put(id, new Item(id, state.label(), null, result.detail()));
        run.tried.put(
                id,
                new LetterStore.Tried(
                        id,
                        state,
                        kept.letter().attempts(),
                        kept.letter().cause(),
                        kept.letter().detail(),
                        fingerprint.of(kept.letter().topic()),
                        letter.change().dataset().name(),
                        letter.change().key()));
    }

    private void record(Plan plan, Run run, String who) throws SQLException {
        List<AuditTrail.Deed> deeds = run.tried.keySet().stream()
                .map(id -> Objects.requireNonNull(run.items.get(id)))
                .map(item -> new AuditTrail.Deed(
                        who,
                        "dead-letter-redrive",
                        Letter.subject(item.id()),
                        null,
                        item.outcome(),
                        item.cause() == null ? null : item.cause().toLowerCase(Locale.ROOT)))
                .toList();
        if (!deeds.isEmpty()) {
            databases.runAsOwner(plan.nation(), connection -> {
                LetterStore.record(connection, List.copyOf(run.tried.values()));
                AuditTrail.write(connection, deeds);
            });
        }
    }

    private static Report report(Run run, boolean rehearsal, LetterStore.@Nullable Kept last) {
        List<Item> items = List.copyOf(run.items.values());
        return new Report(
                rehearsal,
                count(items, "applied"),
                count(items, "superseded"),
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

    private static long count(List<Item> items, String outcome) {
        return items.stream().filter(item -> item.outcome().equals(outcome)).count();
    }

    private static Item refused(long id, String cause, String detail) {
        return new Item(id, "refused", cause, detail);
    }

    private static Item skipped(long id, String why) {
        return new Item(id, "skipped", null, why);
    }
}
