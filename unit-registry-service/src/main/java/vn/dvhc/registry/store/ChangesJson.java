package vn.dvhc.registry.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.decision.ChangeDocument;

/** The column {@code decision.changes}: a JSON array of {@link ChangeDocument}, absent rather than null. */
final class ChangesJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private static final TypeReference<List<ChangeDocument>> DOCUMENTS = new TypeReference<>() {};

    private ChangesJson() {}

    static String write(List<UnitChange> changes) {
        try {
            return JSON.writeValueAsString(
                    changes.stream().map(ChangeDocument::of).toList());
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Changes can always be written", defect);
        }
    }

    /** @throws IllegalStateException if the database holds what no version of this service has written */
    static List<UnitChange> read(String changes) {
        try {
            return JSON.readValue(changes, DOCUMENTS).stream()
                    .map(ChangeDocument::toChange)
                    .toList();
        } catch (JsonProcessingException | IllegalArgumentException corrupt) {
            throw new IllegalStateException("The changes of a stored decision can't be read", corrupt);
        }
    }
}
