package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    Path dir;

    @Test
    void newLines_givesEachWholeLineOnce() throws Exception {
        Path log = dir.resolve("log");
        LogTail tail = new LogTail(log);

        assertThat(tail.newLines()).isEmpty();
        Files.writeString(log, "một\nha");
        assertThat(tail.newLines()).containsExactly("một");
        Files.writeString(log, "i\nba\n", StandardOpenOption.APPEND);
        assertThat(tail.newLines()).containsExactly("hai", "ba");
        assertThat(tail.newLines()).isEmpty();
    }

    @Test
    void lastLines_whenThereIsNoLog_saysSo() throws Exception {
        Path log = Files.writeString(dir.resolve("log"), "1\n2\n3\n");

        assertThat(LogTail.lastLines(log, 2)).isEqualTo("2\n3");
        assertThat(LogTail.lastLines(dir.resolve("none"), 2)).isEqualTo("(no log)");
    }
}
