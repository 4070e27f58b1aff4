package vn.dvhc.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyMergeTest {

    private static final long SEED = 42;

    @Test
    void merge_handsOnWhatIsMissingExtraOrDifferent_andNothingElse() throws Exception {
        TreeMap<String, Reading> owner = new TreeMap<>(KeyMerge::compare);
        TreeMap<String, Reading> copy = new TreeMap<>(KeyMerge::compare);
        for (int i = 0; i < 1_000; i++) {
            owner.put("30-" + i, new Reading(i, "u"));
            copy.put("30-" + i, new Reading(i, "u"));
        }
        copy.remove("30-0");
        copy.remove("30-999");
        copy.put("30-5", new Reading(-5, "u"));
        copy.put("30-6", new Reading(6, "v"));
        copy.put("31-1", new Reading(1, "u"));
        copy.put("29-1", new Reading(1, "u"));

        assertThat(merged(owner, copy))
                .containsExactlyInAnyOrder(
                        new Candidate("30-0", new Reading(0, "u"), null),
                        new Candidate("30-999", new Reading(999, "u"), null),
                        new Candidate("30-5", new Reading(5, "u"), new Reading(-5, "u")),
                        new Candidate("30-6", new Reading(6, "u"), new Reading(6, "v")),
                        new Candidate("31-1", null, new Reading(1, "u")),
                        new Candidate("29-1", null, new Reading(1, "u")));
    }

    @Test
    void merge_handsOnEverything_whenOneEndIsEmpty() throws Exception {
        TreeMap<String, Reading> full = new TreeMap<>(Map.of("a", new Reading(1, "u"), "b", new Reading(2, "u")));

        assertThat(merged(full, new TreeMap<>())).hasSize(2).allMatch(candidate -> candidate.copy() == null);
        assertThat(merged(new TreeMap<>(), full)).hasSize(2).allMatch(candidate -> candidate.owner() == null);
        assertThat(merged(new TreeMap<>(), new TreeMap<>())).isEmpty();
    }

    @Test
    void compare_ordersAsTheBytesOfUtf8() {
        Random random = new Random(SEED);
        String[] alphabet = {"a", "Z", "-", "\u001f", "ế", "\uFFFD", "\uD83D\uDE00", "\uE000", "é"};
        for (int i = 0; i < 20_000; i++) {
            String one = text(random, alphabet);
            String other = text(random, alphabet);
            assertThat(Integer.signum(KeyMerge.compare(one, other)))
                    .as("seed %d: %s and %s", SEED, one, other)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static String text(Random random, String[] alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static List<Candidate> merged(TreeMap<String, Reading> owner, TreeMap<String, Reading> copy)
            throws Exception {
        List<Candidate> found = new ArrayList<>();
        KeyMerge.merge(stream(owner), stream(copy), found::add);
        return found;
    }

    private static KeyMerge.RowStream stream(TreeMap<String, Reading> records) {
        Iterator<Map.Entry<String, Reading>> all = records.entrySet().iterator();
        return () -> {
            if (!all.hasNext()) {
                return null;
            }
            Map.Entry<String, Reading> next = all.next();
            return new KeyMerge.Row(next.getKey(), next.getValue());
        };
    }
}
