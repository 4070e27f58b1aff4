package vn.dvhc.history.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import vn.dvhc.unit.Level;

/** Well-known other names of units: abbreviations, foreign and older spellings. */
final class ShortNames {

    private ShortNames() {}

    /**
     * @param catalogueName as the catalogue writes it
     * @param key the other name, folded
     */
    record ShortName(Level level, String catalogueName, String key) {}

    /** Reads the resource: level, name, other names, tab-separated. */
    static List<ShortName> load() {
        try (InputStream stream = ShortNames.class.getResourceAsStream("/search/short-names.tsv")) {
            if (stream == null) {
                throw new IllegalStateException("The table of short names is missing");
            }
            List<ShortName> names = new ArrayList<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            lines.readLine(); // the header
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", -1);
                for (int i = 2; i < fields.length; i++) {
                    names.add(new ShortName(
                            Level.ofLabel(fields[0]), fields[1], Spelling.key(Spelling.tokens(fields[i]))));
                }
            }
            return names;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The table of short names can't be read", unreadable);
        }
    }
}
