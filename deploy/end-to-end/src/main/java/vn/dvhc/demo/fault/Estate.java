package vn.dvhc.demo.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * A province as it is after the reform, with those whose records it has then.
 *
 * @param heir the code of the province that goes on or inherits
 * @param provinces the codes of all that become it, the heir's own included
 */
record Estate(String heir, List<String> provinces) {

    /** The provinces end in it, or only it goes on. */
    static Estate of(String heir, String... ending) {
        List<String> all = new ArrayList<>(List.of(ending));
        all.add(heir);
        return new Estate(heir, List.copyOf(all));
    }

    /** Whether a record that was born in a database belongs to it. */
    boolean bears(String birthplace) {
        return provinces.contains(birthplace.substring(birthplace.indexOf('_') + 1));
    }

    /** An SQL condition on keys: each begins with its birthplace. */
    String condition(String keyColumn) {
        return keyColumn + " ~ '^(commune|province)_(" + String.join("|", provinces) + ")-'";
    }
}
