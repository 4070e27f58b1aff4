package vn.dvhc.sync.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SnapshotTest {

    @Test
    void contains_whatHadCommitted_whenItWasTaken() {
        Snapshot snapshot = Snapshot.parse("100:110:103,107");
        assertThat(snapshot.contains(99)).isTrue();
        assertThat(snapshot.contains(104)).isTrue();
        assertThat(snapshot.contains(103)).isFalse();
        assertThat(snapshot.contains(107)).isFalse();
        assertThat(snapshot.contains(110)).isFalse();
        assertThat(snapshot.contains(500)).isFalse();
    }

    @Test
    void contains_readsTheShortIdNearestToTheSnapshot_whenIdsWrapAround() {
        long epoch = 3L << 32;
        Snapshot snapshot = Snapshot.parse((epoch + 5) + ":" + (epoch + 10) + ":");
        assertThat(snapshot.contains(4)).isTrue();
        assertThat(snapshot.contains(10)).isFalse();
        assertThat(snapshot.contains(0xFFFF_FFF0L)).isTrue();
    }

    @Test
    void parse_refusesAnythingElse() {
        assertThatThrownBy(() -> Snapshot.parse("100")).isInstanceOf(IllegalArgumentException.class);
    }
}
