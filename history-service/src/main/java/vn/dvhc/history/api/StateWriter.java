package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.history.replicate.State;
import vn.dvhc.unit.Unit;

/** Writes the units of a date in their published forms, field by field. */
final class StateWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private static final List<String> COLUMNS =
            List.of("unit_id", "code", "level", "type", "name", "full_name", "parent", "valid_from", "legal_basis");

    private final State state;

    StateWriter(State state) {
        this.state = state;
    }

    ByteChunks write(Format format) {
        return ByteChunks.of(
                switch (format) {
                    case CSV -> this::csv;
                    case NDJSON -> this::ndjson;
                    case TURTLE -> out -> LinkedData.write(state, out);
                    case JSON, DOT, MERMAID -> this::json;
                });
    }

    private void json(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("at", state.at().toString());
            json.writeNumberField("sequence", state.sequence());
            json.writeNumberField("knownThrough", state.knownThrough());
            json.writeStringField("digest", state.digest());
            json.writeNumberField("total", state.units().size());
            json.writeArrayFieldStart("units");
            for (Unit unit : state.units()) {
                unit(json, unit);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void ndjson(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            for (Unit unit : state.units()) {
                unit(json, unit);
                json.writeRaw('\n');
            }
        }
    }

    private static void unit(JsonGenerator json, Unit unit) throws IOException {
        json.writeStartObject();
        json.writeStringField("unitId", unit.id().toString());
        json.writeStringField("code", unit.code().value());
        json.writeStringField("level", unit.level().label());
        json.writeStringField("type", unit.type().label());
        json.writeStringField("name", unit.name());
        json.writeStringField("fullName", unit.fullName());
        json.writeStringField(
                "parent", unit.parent() == null ? null : unit.parent().toString());
        json.writeStringField("validFrom", unit.validFrom().toString());
        json.writeArrayFieldStart("legalBasis");
        for (LegalAct act : unit.legalBasis()) {
            json.writeString(act.number());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void csv(OutputStream out) throws IOException {
        CSVPrinter csv = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), CSVFormat.RFC4180);
        csv.printRecord(COLUMNS);
        for (Unit unit : state.units()) {
            csv.printRecord(List.of(
                    unit.id().toString(),
                    unit.code().value(),
                    unit.level().label(),
                    unit.type().label(),
                    unit.name(),
                    unit.fullName(),
                    unit.parent() == null ? "" : unit.parent().toString(),
                    unit.validFrom().toString(),
                    unit.legalBasis().stream().map(LegalAct::number).collect(Collectors.joining("; "))));
        }
        csv.flush();
    }
}
