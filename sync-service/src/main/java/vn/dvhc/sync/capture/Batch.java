package vn.dvhc.sync.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vn.dvhc.sync.database.Progress;

/**
 * What one fetch from Kafka brought, in order per place.
 *
 * @param unreadable messages that bear no change that could be applied
 * @param first the offset of the first message of each place
 * @param next the offset after the last message of each place
 */
public record Batch(
        List<Change> changes,
        List<DeadLetter> unreadable,
        Map<Progress.Place, Long> first,
        Map<Progress.Place, Long> next) {

    /** The same batch with other changes. */
    public Batch withChanges(List<Change> others) {
        return new Batch(others, unreadable, first, next);
    }

    /** Reads messages; each ends in one of the lists, or has no effect. */
    public static Batch read(CdcReader reader, Iterable<ConsumerRecord<String, String>> messages) {
        List<Change> changes = new ArrayList<>();
        List<DeadLetter> unreadable = new ArrayList<>();
        Map<Progress.Place, Long> first = new HashMap<>();
        Map<Progress.Place, Long> next = new HashMap<>();
        for (ConsumerRecord<String, String> message : messages) {
            reader.read(message, changes, unreadable);
            Progress.Place place = new Progress.Place(message.topic(), message.partition());
            first.putIfAbsent(place, message.offset());
            next.put(place, message.offset() + 1);
        }
        return new Batch(changes, unreadable, first, next);
    }
}
