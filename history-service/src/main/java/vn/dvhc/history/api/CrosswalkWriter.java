package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.history.lineage.Crossing;
import vn.dvhc.history.lineage.Crosswalk;
import vn.dvhc.history.lineage.Share;
import vn.dvhc.history.lineage.Weight;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Writes a crosswalk in its published forms, field by field: ten thousand units are no case for reflection. */
final class CrosswalkWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private static final List<String> COLUMNS = List.of(
            "from_code",
            "from_unit",
            "from_name",
            "status",
            "to_code",
            "to_unit",
            "to_name",
            "to_level",
            "to_province",
            "open",
            "extent",
            "portion",
            "confidence",
            "steps",
            "legal_basis",
            "clause",
            "weight",
            "weight_source",
            "weight_date");

    private final Crosswalk crosswalk;
    private final List<Crossing> crossings;
    private final @Nullable Level level;
    private final @Nullable UnitCode province;
    private final long sequence;

    CrosswalkWriter(
            Crosswalk crosswalk,
            List<Crossing> crossings,
            @Nullable Level level,
            @Nullable UnitCode province,
            long sequence) {
        this.crosswalk = crosswalk;
        this.crossings = crossings;
        this.level = level;
        this.province = province;
        this.sequence = sequence;
    }

    ByteChunks write(Format format) {
        return ByteChunks.of(
                switch (format) {
                    case CSV -> this::csv;
                    case NDJSON -> this::ndjson;
                    case JSON, DOT, MERMAID, TURTLE -> this::json;
                });
    }

    private void json(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("from", crosswalk.from().toString());
            json.writeStringField("to", crosswalk.to().toString());
            json.writeStringField("level", level == null ? null : level.label());
            json.writeStringField("province", province == null ? null : province.value());
            json.writeNumberField("sequence", sequence);
            json.writeNumberField("total", crossings.size());
            json.writeArrayFieldStart("items");
            for (Crossing crossing : crossings) {
                item(json, crossing);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void ndjson(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            for (Crossing crossing : crossings) {
                item(json, crossing);
                json.writeRaw('\n');
            }
        }
    }

    private void item(JsonGenerator json, Crossing crossing) throws IOException {
        json.writeStartObject();
        unit(json, crossing.unit());
        province(json, crosswalk.provinceOf(crossing.unit(), crosswalk.from()));
        json.writeStringField("status", crossing.status().label());
        json.writeBooleanField("complete", crossing.complete());
        json.writeArrayFieldStart("to");
        for (Share share : crossing.shares()) {
            share(json, share);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void share(JsonGenerator json, Share share) throws IOException {
        json.writeStartObject();
        unit(json, share.unit());
        province(json, share.open() ? null : crosswalk.provinceOf(share.unit(), crosswalk.to()));
        json.writeBooleanField("open", share.open());
        json.writeStringField("extent", share.extent().label());
        json.writeStringField("portion", portion(share));
        Confidence confidence = share.confidence();
        json.writeStringField("confidence", confidence == null ? null : confidence.label());
        json.writeNumberField("steps", share.edges().size());
        json.writeArrayFieldStart("legalBasis");
        for (LegalAct act : acts(share)) {
            json.writeString(act.number());
        }
        json.writeEndArray();
        json.writeStringField("clause", share.clause());
        Weight weight = share.weight();
        if (weight != null) {
            json.writeNumberField("weight", new BigDecimal(weight.value().toPlainString()));
            json.writeStringField("weightSource", weight.source());
            json.writeStringField("weightDate", weight.countedOn().toString());
        }
        json.writeEndObject();
    }

    private static void unit(JsonGenerator json, Unit unit) throws IOException {
        json.writeStringField("unitId", unit.id().toString());
        json.writeStringField("code", unit.code().value());
        json.writeStringField("level", unit.level().label());
        json.writeStringField("type", unit.type().label());
        json.writeStringField("name", unit.name());
        json.writeStringField("fullName", unit.fullName());
    }

    private static void province(JsonGenerator json, @Nullable UnitId province) throws IOException {
        json.writeStringField("province", province == null ? null : province.toString());
    }

    private void csv(OutputStream out) throws IOException {
        CSVPrinter csv = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), CSVFormat.RFC4180);
        csv.printRecord(COLUMNS);
        for (Crossing crossing : crossings) {
            for (Share share : crossing.shares()) {
                csv.printRecord(columns(crossing, share));
            }
        }
        csv.flush();
    }

    private List<String> columns(Crossing crossing, Share share) {
        Unit from = crossing.unit();
        Unit to = share.unit();
        UnitId above = share.open() ? null : crosswalk.provinceOf(to, crosswalk.to());
        Confidence confidence = share.confidence();
        Weight weight = share.weight();
        return List.of(
                from.code().value(),
                from.id().toString(),
                from.fullName(),
                crossing.status().label(),
                to.code().value(),
                to.id().toString(),
                to.fullName(),
                to.level().label(),
                above == null ? "" : above.toString(),
                Boolean.toString(share.open()),
                share.extent().label(),
                orEmpty(portion(share)),
                confidence == null ? "" : confidence.label(),
                Integer.toString(share.edges().size()),
                acts(share).stream().map(LegalAct::number).collect(Collectors.joining("; ")),
                orEmpty(share.clause()),
                weight == null ? "" : weight.value().toPlainString(),
                weight == null ? "" : weight.source(),
                weight == null ? "" : weight.countedOn().toString());
    }

    /** Of a way that is lost at once: the acts that ended the unit. */
    private static List<LegalAct> acts(Share share) {
        return share.edges().isEmpty() && share.endedBy() != null
                ? share.endedBy().acts()
                : share.acts();
    }

    /** The words of an act tell what passed on, which says nothing when looking back. */
    private @Nullable String portion(Share share) {
        return crosswalk.isBackward() || share.portion() == null
                ? null
                : share.portion().words();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
