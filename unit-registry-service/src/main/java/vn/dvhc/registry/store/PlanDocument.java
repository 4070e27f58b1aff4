package vn.dvhc.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import vn.dvhc.contract.PlanText;
import vn.dvhc.registry.plan.HandOverPlan;
import vn.dvhc.registry.plan.KeptPlan;

/** Plans as {@code hand_over_plan} holds them. */
final class PlanDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<HandOverPlan.Estimate>> ESTIMATES = new TypeReference<>() {};

    private PlanDocument() {}

    static HandOverPlanRow write(String decision, KeptPlan kept) {
        HandOverPlanRow row = new HandOverPlanRow();
        row.decisionId = decision;
        row.digest = kept.digest();
        row.version = kept.version();
        row.madeBy = kept.madeBy();
        row.madeAt = kept.madeAt();
        row.upperBound = kept.plan().upperBound();
        row.truncated = kept.plan().truncated();
        row.restsOn = kept.plan().restsOn();
        row.estimates = json(kept.plan().estimates());
        row.lines = compressed(kept.plan().text());
        return row;
    }

    /** @throws IllegalStateException for what no version of this service has written */
    static KeptPlan read(HandOverPlanRow row) {
        String text = text(row.lines);
        return new KeptPlan(
                row.digest,
                new HandOverPlan(
                        LocalDate.parse(text.lines().findFirst().orElse("")),
                        PlanText.lines(text),
                        estimates(row.estimates),
                        row.restsOn,
                        row.upperBound,
                        row.truncated),
                row.version,
                row.madeBy,
                row.madeAt);
    }

    private static String json(List<HandOverPlan.Estimate> estimates) {
        try {
            return JSON.writeValueAsString(estimates);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Estimates can always be written", defect);
        }
    }

    private static List<HandOverPlan.Estimate> estimates(String json) {
        try {
            return JSON.readValue(json, ESTIMATES);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("The estimates of a plan can't be read", corrupt);
        }
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException defect) {
            throw new UncheckedIOException("Nothing can fail in memory", defect);
        }
        return bytes.toByteArray();
    }

    private static String text(byte[] compressed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException corrupt) {
            throw new IllegalStateException("The lines of a plan can't be read", corrupt);
        }
    }
}
