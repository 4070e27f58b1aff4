package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import vn.dvhc.history.convert.Cause;
import vn.dvhc.history.convert.Conversion;
import vn.dvhc.history.convert.Converter;

/** Converts items of NDJSON as they arrive: reads no further than it has written, and holds one line at a time. */
final class ConvertLines {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int BUFFER = 1 << 15;

    private final Converter converter;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    ConvertLines(Converter converter, ObjectMapper json) {
        this.converter = converter;
        this.reader = json.reader();
        this.writer = json.writerFor(ConvertJson.ConversionJson.class);
    }

    /**
     * One item a line in, one conversion a line out, in the same order; empty lines are passed over. The answer is closed by the
     * server alone, for a failure must not look like its end.
     */
    void convert(InputStream in, OutputStream out) throws IOException {
        Writer answers = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
        ArrivingText text = new ArrivingText(in);
        text.sendBeforeWaiting(answers);
        LineReader lines = new LineReader(text, LONGEST_LINE);
        for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
            if (!line.text().isBlank()) {
                answers.write(writer.writeValueAsString(converted(line)));
                answers.write('\n');
            }
        }
        answers.flush();
    }

    private ConvertJson.ConversionJson converted(LineReader.Line line) {
        ConvertItem item = new ConvertItem(null, null, null, null);
        if (!line.tooLong()) {
            try {
                item = ConvertItem.of(reader.readTree(line.text()));
            } catch (JsonProcessingException malformed) {
                return ConvertJson.ConversionJson.of(item, Conversion.unreadable(Cause.MALFORMED_ITEM));
            }
        }
        return ConvertJson.ConversionJson.of(item.told(), item.convert(converter));
    }
}
