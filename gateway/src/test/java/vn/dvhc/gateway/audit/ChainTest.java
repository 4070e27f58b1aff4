package vn.dvhc.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final Instant AT = Instant.parse("2025-07-01T00:00:00.123456789Z");

    @Test
    void likeEvents_areOneWithinABatch() {
        Map<DoorEvent, Long> counted = Entry.counted(List.of(
                event(AT, "foreign-unit"),
                event(AT.plusSeconds(1), "foreign-unit"),
                event(AT, "unit-ended"),
                event(AT.plusSeconds(2), "foreign-unit")));

        assertThat(counted).hasSize(2).containsEntry(event(AT, "foreign-unit"), 3L);
    }

    @Test
    void chain_holds_asItWasWritten() {
        List<Entry> chain = chain();

        Verification verification = verify(chain, head(chain));

        assertThat(verification.fault()).isEmpty();
        assertThat(verification.entries()).isEqualTo(4);
        assertThat(verification.head()).isEqualTo(chain.get(3).hash());
        assertThat(verify(List.of(), Entry.Head.NONE).fault()).isEmpty();
    }

    @Test
    void change_shows() {
        List<Entry> chain = chain();
        Entry second = chain.get(1);
        List<Entry> forged = new ArrayList<>(chain);
        forged.set(1, new Entry(second.place(), event(AT, "role"), second.times(), second.previous(), second.hash()));

        assertThat(verify(forged, head(chain)).faultAt()).isEqualTo(2);

        forged.set(1, new Entry(second.place(), second.event(), 99, second.previous(), second.hash()));
        assertThat(verify(forged, head(chain)).faultAt()).isEqualTo(2);
    }

    @Test
    void changeWithANewHash_showsAtTheNextLink() {
        List<Entry> chain = chain();
        List<Entry> forged = new ArrayList<>(chain);
        forged.set(
                1,
                Entry.following(new Entry.Head(1, chain.get(0).hash()), Map.of(event(AT, "role"), 1L))
                        .get(0));

        assertThat(verify(forged, head(chain)).faultAt()).isEqualTo(3);
    }

    @Test
    void gapAndCutShow() {
        List<Entry> chain = chain();
        List<Entry> gap = new ArrayList<>(chain);
        gap.remove(2);

        assertThat(verify(gap, head(chain)).faultAt()).isEqualTo(3);
        assertThat(verify(chain.subList(0, 3), head(chain)).faultAt()).isEqualTo(4);
        assertThat(verify(chain.subList(0, 3), head(chain)).fault().orElseThrow())
                .contains("mắt xích cuối là 4");
        assertThat(verify(List.of(), head(chain)).faultAt()).isEqualTo(1);
    }

    private static List<Entry> chain() {
        List<Entry> first = Entry.following(
                Entry.Head.NONE, Entry.counted(List.of(event(AT, "foreign-unit"), event(AT, "unit-ended"))));
        List<Entry> all = new ArrayList<>(first);
        all.addAll(Entry.following(
                head(first), Entry.counted(List.of(event(AT, "own"), DoorEvent.lost(AT.plusSeconds(1))))));
        return all;
    }

    private static Entry.Head head(List<Entry> chain) {
        Entry last = chain.get(chain.size() - 1);
        return new Entry.Head(last.place(), last.hash());
    }

    private static Verification verify(List<Entry> chain, Entry.Head head) {
        Verification verification = new Verification();
        for (Entry entry : chain) {
            if (!verification.take(entry)) {
                break;
            }
        }
        verification.end(head);
        return verification;
    }

    private static DoorEvent event(Instant at, String why) {
        return new DoorEvent(
                at, DoorEvent.Outcome.REFUSED, "s-1", "console", "10507@2025-07-01", "GET", "read-queue", "", 403, why);
    }
}
