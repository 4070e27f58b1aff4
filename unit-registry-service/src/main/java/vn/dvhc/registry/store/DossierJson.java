package vn.dvhc.registry.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.decision.ChangeDocument;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitId;

/** The columns of {@code decision} that hold JSON arrays: absent rather than null. */
final class DossierJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private static final TypeReference<List<ChangeDocument>> CHANGES = new TypeReference<>() {};
    private static final TypeReference<List<ActDocument>> ACTS = new TypeReference<>() {};
    private static final TypeReference<List<Struck>> RETRACTS = new TypeReference<>() {};

    private DossierJson() {}

    static String writeChanges(List<UnitChange> changes) {
        return write(changes.stream().map(ChangeDocument::of).toList());
    }

    /** This and the other readers throw {@link IllegalStateException} for what no version of this service has written. */
    static List<UnitChange> readChanges(String column) {
        return read(column, CHANGES, ChangeDocument::toChange);
    }

    static String writeActs(List<ActDescription> acts) {
        return write(acts.stream().map(ActDocument::of).toList());
    }

    static List<ActDescription> readActs(String column) {
        return read(column, ACTS, ActDocument::toDescription);
    }

    static String writeRetracts(List<Strike> retracts) {
        return write(retracts.stream().map(Struck::of).toList());
    }

    static List<Strike> readRetracts(String column) {
        return read(column, RETRACTS, Struck::toStrike);
    }

    private static String write(List<?> documents) {
        try {
            return JSON.writeValueAsString(documents);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("A dossier can always be written", defect);
        }
    }

    private static <D, T> List<T> read(String column, TypeReference<List<D>> type, Function<D, T> reading) {
        try {
            return JSON.readValue(column, type).stream().map(reading).toList();
        } catch (JsonProcessingException | IllegalArgumentException corrupt) {
            throw new IllegalStateException("A stored decision can't be read", corrupt);
        }
    }

    record ActDocument(
            String number,
            @Nullable String issuer,
            @Nullable Integer year,
            @Nullable String signedOn,
            @Nullable String inForceOn,
            @Nullable String title,
            List<String> clauses,
            @Nullable String documentSha256) {

        static ActDocument of(ActDescription act) {
            return new ActDocument(
                    act.number(),
                    act.issuer(),
                    act.year(),
                    act.signedOn() == null ? null : act.signedOn().toString(),
                    act.inForceOn() == null ? null : act.inForceOn().toString(),
                    act.title(),
                    act.clauses(),
                    act.documentSha256());
        }

        ActDescription toDescription() {
            return new ActDescription(
                    number,
                    issuer,
                    year,
                    signedOn == null ? null : LocalDate.parse(signedOn),
                    inForceOn == null ? null : LocalDate.parse(inForceOn),
                    title,
                    clauses,
                    documentSha256);
        }
    }

    record Struck(long sequence, @Nullable String to) {

        static Struck of(Strike strike) {
            return new Struck(
                    strike.sequence(), strike.to() == null ? null : strike.to().toString());
        }

        Strike toStrike() {
            return new Strike(sequence, to == null ? null : UnitId.parse(to));
        }
    }
}
