package vn.dvhc.sync.letter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.CdcReader;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;

/**
 * What a person may make of a message: anything but another record, and another place in its source's log. That place is what
 * keeps an older version from overwriting a newer one.
 */
final class Amendment {

    /** Characters. */
    static final int LONGEST = 1_000_000;

    /** The place in the log, in a text that may be no JSON any more. */
    private static final Pattern POSITION = Pattern.compile("\"lsn\"\\s*:\\s*([0-9]{1,19})");

    private final ObjectMapper json;
    private final CdcReader reader;

    Amendment(ObjectMapper json, CdcReader reader) {
        this.json = json;
        this.reader = reader;
    }

    /** The letter's change, or why it can't be read. */
    record Reading(@Nullable Change change, @Nullable DeadLetter refusal) {}

    Reading read(Letter letter, String payload) {
        List<Change> changes = new ArrayList<>(1);
        List<DeadLetter> refusals = new ArrayList<>(1);
        reader.read(
                new ConsumerRecord<>(letter.topic(), letter.partition(), letter.offset(), null, payload),
                changes,
                refusals);
        return new Reading(changes.isEmpty() ? null : changes.get(0), refusals.isEmpty() ? null : refusals.get(0));
    }

    /** Why the version can't stand beside the original, in Vietnamese; empty if it can. */
    Optional<String> problem(LetterStore.Kept kept, @Nullable JsonNode version) {
        if (kept.payload() == null) {
            return Optional.of("Nội dung bản tin không được giữ vì chứa dữ liệu cá nhân nên không thể sửa ở đây.");
        }
        if (version == null || !version.isObject()) {
            return Optional.of("Nội dung sửa phải là một đối tượng JSON.");
        }
        String text = version.toString();
        if (text.length() > LONGEST) {
            return Optional.of("Nội dung sửa dài quá " + LONGEST + " ký tự.");
        }
        Optional<String> moved = movedPosition(kept.payload(), version);
        if (moved.isPresent()) {
            return moved;
        }
        Reading reading = read(kept.letter(), text);
        if (reading.refusal() != null && reading.refusal().cause() != DeadLetter.Cause.UNDECLARED) {
            return Optional.of(reading.refusal().detail());
        }
        String key = key(kept);
        return reading.change() == null
                        || key == null
                        || key.equals(reading.change().key())
                ? Optional.empty()
                : Optional.of("Nội dung sửa thuộc hồ sơ khác: khoá của hồ sơ không được đổi.");
    }

    private @Nullable String key(LetterStore.Kept kept) {
        if (kept.letter().key() != null || kept.payload() == null) {
            return kept.letter().key();
        }
        Change original = read(kept.letter(), kept.payload()).change();
        return original == null ? null : original.key();
    }

    private Optional<String> movedPosition(String original, JsonNode version) {
        JsonNode log = log(original);
        if (log != null) {
            return log.equals(version.path("source"))
                    ? Optional.empty()
                    : Optional.of("Phần source của bản tin (vị trí trong nhật ký của nguồn) không được đổi.");
        }
        Matcher position = POSITION.matcher(original);
        if (!position.find()) {
            return Optional.of(
                    "Bản tin gốc không còn vị trí trong nhật ký của nguồn nên không biết là bản cũ hay mới: hãy gửi"
                            + " lại bản ghi từ nguồn (POST /v1/sources/{name}/snapshots) rồi kết thúc thư này.");
        }
        return position.group(1).equals(version.path("source").path("lsn").asText())
                ? Optional.empty()
                : Optional.of("source.lsn phải là " + position.group(1) + " như trong bản tin gốc.");
    }

    private @Nullable JsonNode log(String original) {
        try {
            JsonNode log = json.readTree(original).path("source");
            return log.isObject() ? log : null;
        } catch (JsonProcessingException unreadable) {
            return null;
        }
    }
}
