package vn.dvhc.sync.manifest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;

/** Reads what was sealed and signed. Blocks: call it from a worker. */
@Singleton
public class Manifests {

    private static final String PAGE =
            "SELECT DISTINCT ON (manifest) place, kind, enactment, manifest, version, side, figures, content, previous, hash"
                    + " FROM sync.handover_entry e, (SELECT ?::text AS dataset, ?::text AS unit, ?::text[] AS units) p"
                    + " WHERE kind = 'manifest' AND enactment = ?::date AND manifest > ?"
                    + " AND (p.dataset IS NULL OR split_part(manifest, '.', 1) = p.dataset)"
                    + " AND (p.unit IS NULL OR p.unit IN (split_part(manifest, '.', 2), split_part(manifest, '.', 3)))"
                    + " AND (p.units IS NULL OR split_part(manifest, '.', 2) = ANY (p.units)"
                    + " OR split_part(manifest, '.', 3) = ANY (p.units))"
                    + " ORDER BY manifest, version DESC LIMIT ?";

    private static final String OF_MANIFEST = Chain.read(
            "WHERE kind = 'manifest' AND enactment = ?::date AND manifest = ? ORDER BY version DESC LIMIT 1000");

    private static final String SIGNATURES = Chain.read(
            "WHERE kind = 'signature' AND enactment = ?::date AND manifest = ANY (?::text[]) ORDER BY place");

    private final Plans plans;
    private final Databases databases;

    @Inject
    Manifests(Plans plans, Databases databases) {
        this.plans = plans;
        this.databases = databases;
    }

    /**
     * A version as it was sealed, with what was signed under it.
     *
     * @param place its place in the chain
     * @param hash its hash there
     * @param latest the number of the latest version: only that one can be signed
     * @param state {@code unsigned}, {@code signed-from}, {@code signed-to} or {@code signed}
     */
    @Schema(name = "ManifestVersion")
    public record Sealed(
            Manifest manifest, long place, String hash, int latest, String state, List<Signature> signatures) {}

    /** One line a manifest, of its latest version. */
    @Schema(name = "ManifestLine")
    public record Line(
            String id,
            int version,
            String dataset,
            String from,
            String fromName,
            @Nullable String to,
            @Nullable String toName,
            long given,
            long received,
            boolean equal,
            String state) {}

    /** @param next the cursor of the next page; null after the last */
    @Schema(name = "ManifestPage")
    public record Page(List<Line> manifests, @Nullable String next) {}

    /**
     * Which manifests of a day; null is any.
     *
     * @param unit id of either side
     * @param units of which either side has to be
     * @param after cursor
     */
    record Question(
            LocalDate day,
            @Nullable String dataset,
            @Nullable String unit,
            @Nullable List<String> units,
            String after,
            int limit) {}

    Page page(Question question) throws SQLException {
        List<Sealed> sealed = list(question);
        return new Page(
                sealed.stream().map(Manifests::line).toList(),
                sealed.size() < question.limit()
                        ? null
                        : sealed.get(sealed.size() - 1).manifest().id());
    }

    /** The latest versions in order of id. */
    List<Sealed> list(Question question) throws SQLException {
        Plan plan = plans.current().orElse(null);
        return plan == null
                ? List.of()
                : databases.asOwner(plan.nation(), connection -> {
                    List<Chain.Entry> entries = Statements.query(
                            connection,
                            PAGE,
                            Chain::entry,
                            question.dataset(),
                            question.unit(),
                            question.units(),
                            question.day().toString(),
                            question.after(),
                            question.limit());
                    Map<String, List<Signature>> signatures = signatures(
                            connection,
                            question.day(),
                            entries.stream()
                                    .map(entry -> entry.draft().manifest())
                                    .toList());
                    return entries.stream()
                            .map(entry -> sealed(entry, entry.draft().version(), signatures))
                            .toList();
                });
    }

    /** @param version null for the latest */
    Optional<Sealed> find(LocalDate day, String id, @Nullable Integer version) throws SQLException {
        Plan plan = plans.current().orElse(null);
        return plan == null
                ? Optional.empty()
                : databases.asOwner(plan.nation(), connection -> find(connection, day, id, version));
    }

    static Optional<Sealed> find(Connection connection, LocalDate day, String id, @Nullable Integer version)
            throws SQLException {
        List<Chain.Entry> versions = Statements.query(connection, OF_MANIFEST, Chain::entry, day.toString(), id);
        Optional<Chain.Entry> wanted = versions.stream()
                .filter(entry -> version == null || entry.draft().version() == version)
                .findFirst();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                sealed(wanted.get(), versions.get(0).draft().version(), signatures(connection, day, List.of(id))));
    }

    Chain.Verification verify() throws SQLException {
        Plan plan = plans.current().orElse(null);
        return plan == null
                ? new Chain.Verification(0, Chain.BEGINNING, true, null)
                : databases.asOwner(plan.nation(), Chain::verify);
    }

    /** Whether anybody has signed any version. */
    static boolean isSigned(Connection connection, LocalDate day, String id) throws SQLException {
        return !signatures(connection, day, List.of(id)).isEmpty();
    }

    private static Map<String, List<Signature>> signatures(Connection connection, LocalDate day, List<String> ids)
            throws SQLException {
        Map<String, List<Signature>> signatures = new HashMap<>();
        Statements.query(connection, SIGNATURES, Chain::entry, day.toString(), ids)
                .forEach(entry -> signatures
                        .computeIfAbsent(entry.draft().manifest(), id -> new ArrayList<>())
                        .add(Canonical.read(entry.draft().content(), Signature.class)));
        return signatures;
    }

    private static Sealed sealed(Chain.Entry entry, int latest, Map<String, List<Signature>> signatures) {
        List<Signature> ofVersion = signatures.getOrDefault(entry.draft().manifest(), List.of()).stream()
                .filter(signature -> signature.version() == entry.draft().version())
                .toList();
        return new Sealed(
                Canonical.read(entry.draft().content(), Manifest.class),
                entry.place(),
                entry.hash(),
                latest,
                state(ofVersion),
                ofVersion);
    }

    private static String state(List<Signature> signatures) {
        return switch (signatures.size()) {
            case 0 -> "unsigned";
            case 1 -> "signed-" + signatures.get(0).side();
            default -> "signed";
        };
    }

    static Line line(Sealed sealed) {
        Manifest manifest = sealed.manifest();
        Manifest.Party to = manifest.to();
        return new Line(
                manifest.id(),
                manifest.version(),
                manifest.dataset(),
                manifest.from().unit(),
                manifest.from().name(),
                to == null ? null : to.unit(),
                to == null ? null : to.name(),
                manifest.records().given(),
                manifest.records().received(),
                manifest.records().equal(),
                sealed.state());
    }
}
