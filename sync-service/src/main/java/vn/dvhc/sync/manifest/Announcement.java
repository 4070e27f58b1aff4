package vn.dvhc.sync.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.HandOverData;

/**
 * An entry of the chain as others are told of it: a CloudEvent with counts and hashes, and without any name of a person.
 *
 * @param sequence the entry's place
 * @param subject the unit that gives; of a day the day
 * @param hash of the entry
 * @param event JSON
 */
record Announcement(long sequence, String subject, String hash, String event) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /** @throws IllegalStateException if the entry was tampered with so that it can't be read */
    static Announcement of(Chain.Entry entry) {
        return switch (entry.draft().kind()) {
            case "manifest" -> ofManifest(entry, Canonical.read(entry.draft().content(), Manifest.class));
            case "signature" -> ofSignature(entry, Canonical.read(entry.draft().content(), Signature.class));
            case "day" -> ofDay(entry, Canonical.read(entry.draft().content(), DayComplete.class));
            default -> throw new IllegalStateException("The chain has an entry of no kind at " + entry.place());
        };
    }

    private static Announcement ofManifest(Chain.Entry entry, Manifest manifest) {
        Manifest.Party to = manifest.to();
        Manifest.Records records = manifest.records();
        return of(
                entry,
                HandOverData.Kind.SEALED,
                manifest.from().unit(),
                manifest.sealedAt(),
                new HandOverData(
                        entry.place(),
                        manifest.enactment().toString(),
                        manifest.id(),
                        manifest.version(),
                        manifest.dataset(),
                        manifest.from().unit(),
                        to == null ? null : to.unit(),
                        null,
                        new HandOverData.Records(
                                records.given(),
                                records.givenChecksum(),
                                records.received(),
                                records.receivedChecksum(),
                                records.equal(),
                                manifest.exceptions().queued(),
                                manifest.exceptions().rejected()),
                        null,
                        null,
                        entry.previous(),
                        entry.hash()));
    }

    private static Announcement ofSignature(Chain.Entry entry, Signature signature) {
        Subject subject = Subject.parse(entry.draft().enactment(), entry.draft().manifest())
                .orElseThrow(() -> new IllegalStateException("A signature of no manifest at " + entry.place()));
        return of(
                entry,
                HandOverData.Kind.SIGNED,
                subject.from().toString(),
                signature.signedAt(),
                new HandOverData(
                        entry.place(),
                        subject.enactment().toString(),
                        subject.id(),
                        signature.version(),
                        subject.dataset(),
                        subject.from().toString(),
                        subject.to() == null ? null : subject.to().toString(),
                        new HandOverData.Signed(signature.side(), signature.unit(), signature.manifestHash()),
                        null,
                        null,
                        null,
                        entry.previous(),
                        entry.hash()));
    }

    private static Announcement ofDay(Chain.Entry entry, DayComplete day) {
        return of(
                entry,
                HandOverData.Kind.COMPLETED,
                day.enactment().toString(),
                day.sealedAt(),
                new HandOverData(
                        entry.place(),
                        day.enactment().toString(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        day.manifests(),
                        day.datasets().stream()
                                .map(one -> new HandOverData.OfDataset(
                                        one.dataset(), one.given(), one.received(), one.queued(), one.rejected()))
                                .toList(),
                        entry.previous(),
                        entry.hash()));
    }

    private static Announcement of(
            Chain.Entry entry, HandOverData.Kind kind, String subject, @Nullable String time, HandOverData data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", "handover-" + entry.place());
        event.put("source", "/dvhc/sync");
        event.put("type", kind.type());
        event.put("subject", subject);
        if (time != null) {
            event.put("time", time);
        }
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        try {
            return new Announcement(entry.place(), subject, entry.hash(), JSON.writeValueAsString(event));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Records of texts and numbers are JSON", impossible);
        }
    }
}
