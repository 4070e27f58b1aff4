package vn.dvhc.history.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class RenderedAnswersTest {

    private final AtomicInteger rendered = new AtomicInteger();
    private final RenderedAnswers answers = new RenderedAnswers(10_000);

    @Test
    void rendersOnce_whileTheSnapshotStands() {
        assertThat(answers.get(key(1, "a"), () -> render(100))).isSameAs(answers.get(key(1, "a"), () -> render(100)));
        answers.get(key(2, "a"), () -> render(100));

        assertThat(rendered).hasValue(2);
        assertThat(answers.size()).isEqualTo(100);
    }

    @Test
    void forgetsWhatWasAskedForLongestAgo_whenTheBoundIsReached() {
        // Given
        answers.get(key(1, "a"), () -> render(4_000));
        answers.get(key(1, "b"), () -> render(4_000));
        answers.get(key(1, "a"), () -> render(4_000));

        // When
        answers.get(key(1, "c"), () -> render(4_000));

        // Then
        assertThat(answers.size()).isEqualTo(8_000);
        answers.get(key(1, "a"), () -> render(4_000));
        assertThat(rendered).hasValue(3);
        answers.get(key(1, "b"), () -> render(4_000));
        assertThat(rendered).hasValue(4);
    }

    @Test
    void keepsNothingLargerThanTheBound_norOfAnOlderSnapshot() {
        answers.get(key(2, "large"), () -> render(10_001));
        assertThat(answers.size()).isZero();

        answers.get(key(2, "a"), () -> render(10));
        answers.get(key(1, "a"), () -> render(10));
        assertThat(answers.size()).isEqualTo(10);
    }

    @Test
    void packsWhatIsAlreadyRendered() throws IOException {
        // Given
        ByteChunks plain = answers.get(key(1, "a"), () -> render(5_000));

        // When
        ByteChunks packed = answers.get(new RenderedAnswers.Key(1, "a", Format.JSON, true), () -> render(5_000));

        // Then
        assertThat(rendered).hasValue(1);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes(packed))).readAllBytes())
                .isEqualTo(bytes(plain));
    }

    @Test
    void cutsIntoPieces_withoutLoss() throws IOException {
        // Given
        byte[] text = new byte[300_001];
        new Random(7).nextBytes(text);

        // When
        ByteChunks chunks = ByteChunks.of(out -> {
            out.write(text[0]);
            out.write(text, 1, text.length - 1);
        });

        // Then
        assertThat(chunks.size()).isEqualTo(text.length);
        assertThat(chunks.pieces())
                .hasSize(5)
                .allSatisfy(piece -> assertThat(piece.length).isBetween(1, 64 * 1024));
        assertThat(bytes(chunks)).isEqualTo(text);
        assertThat(ByteChunks.of(out -> {}).pieces()).isEmpty();
    }

    private ByteChunks render(int size) {
        rendered.incrementAndGet();
        return ByteChunks.of(out -> out.write(new byte[size]));
    }

    private static RenderedAnswers.Key key(long sequence, String address) {
        return new RenderedAnswers.Key(sequence, address, Format.JSON, false);
    }

    private static byte[] bytes(ByteChunks chunks) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : chunks.pieces()) {
            all.write(piece);
        }
        return all.toByteArray();
    }
}
