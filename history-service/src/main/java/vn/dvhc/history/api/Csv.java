package vn.dvhc.history.api;

import java.util.ArrayList;
import java.util.List;

/** Parts and writes records of CSV files after RFC 4180, with the separator of the file at hand. */
final class Csv {

    private Csv() {}

    /** The separator of a file, told by its header: Vietnamese spreadsheets write semicolons. */
    static char separator(String header) {
        char found = ',';
        int most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            int count = (int) header.chars().filter(sign -> sign == candidate).count();
            if (count > most) {
                most = count;
                found = candidate;
            }
        }
        return found;
    }

    static List<String> fields(String record, char separator) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char sign = record.charAt(i);
            if (quoted && sign == '"' && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (sign == '"') {
                quoted = !quoted;
            } else if (sign == separator && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(sign);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** A field, in quotes if it needs them. */
    static String field(String text, char separator) {
        boolean plain = text.indexOf(separator) < 0
                && text.indexOf('"') < 0
                && text.indexOf('\n') < 0
                && text.indexOf('\r') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
