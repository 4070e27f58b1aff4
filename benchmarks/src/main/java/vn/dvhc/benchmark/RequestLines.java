package vn.dvhc.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** What is asked for: path after path, over and over. Loads that share it never ask for the same one after another. */
public final class RequestLines {

    private final List<String> paths;
    private final List<byte[]> lines;
    private int next;

    /** @param paths with their queries; at least one */
    public RequestLines(List<String> paths) {
        this.paths = List.copyOf(paths);
        this.lines = paths.stream()
                .map(path -> ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n").getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    /** The beginning of the next request: its first line and its host. */
    byte[] next() {
        byte[] line = lines.get(next);
        next = next + 1 == lines.size() ? 0 : next + 1;
        return line;
    }

    /** The paths that are asked for next, without asking; at most all. */
    public List<String> upcoming(int count) {
        return IntStream.range(next, next + count)
                .mapToObj(i -> paths.get(i % paths.size()))
                .toList();
    }
}
