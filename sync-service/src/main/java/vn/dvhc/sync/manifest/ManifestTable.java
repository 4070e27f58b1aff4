package vn.dvhc.sync.manifest;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Manifests as lines of a table: CSV (RFC 4180, UTF-8) or NDJSON. */
final class ManifestTable {

    static final String HEADER =
            "id,version,dataset,from_unit,from_name,to_unit,to_name,given,given_checksum,received,received_checksum,equal,late,"
                    + "late_changes,queued,rejected,acts,started_at,ended_at,sealed_at,state,place,hash\r\n";

    private ManifestTable() {}

    static String csv(Manifests.Sealed sealed) {
        Manifest manifest = sealed.manifest();
        Manifest.Party to = manifest.to();
        Manifest.Records records = manifest.records();
        String acts =
                manifest.basis().stream().map(ManifestTable::act).distinct().collect(Collectors.joining("; "));
        return Stream.of(
                                manifest.id(),
                                manifest.version(),
                                manifest.dataset(),
                                manifest.from().unit(),
                                manifest.from().name(),
                                to == null ? "" : to.unit(),
                                to == null ? "" : to.name(),
                                records.given(),
                                records.givenChecksum(),
                                records.received(),
                                records.receivedChecksum(),
                                records.equal(),
                                records.late(),
                                records.lateChanges(),
                                manifest.exceptions().queued(),
                                manifest.exceptions().rejected(),
                                acts,
                                manifest.startedAt() == null ? "" : manifest.startedAt(),
                                manifest.endedAt() == null ? "" : manifest.endedAt(),
                                manifest.sealedAt(),
                                sealed.state(),
                                sealed.place(),
                                sealed.hash())
                        .map(value -> quoted(value.toString()))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    static String ndjson(Manifests.Sealed sealed) {
        return Canonical.write(sealed) + "\n";
    }

    private static String act(Manifest.Clause clause) {
        List<String> acts = clause.acts();
        return String.join(" + ", acts) + (clause.clause() == null ? "" : " khoản " + clause.clause());
    }

    private static String quoted(String value) {
        return value.matches("[^\",\r\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
