package vn.dvhc.history.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;

/**
 * Long answers as they were last rendered, within a bound of memory. An answer is a function of its address and the
 * snapshot; those of older snapshots are forgotten first, since nobody can ask for them any more.
 */
@Singleton
class RenderedAnswers {

    private final long bound;
    private final Map<Key, ByteChunks> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Object rendering = new Object();
    private long size;
    private long sequence;

    @Inject
    RenderedAnswers(HistoryConfig config) {
        this(config.rendered().maxSize().asLongValue());
    }

    RenderedAnswers(long bound) {
        this.bound = bound;
    }

    /**
     * @param sequence of the snapshot
     * @param address what was asked for, with the form it is wanted in
     */
    record Key(long sequence, String address, Format format, boolean gzip) {

        private Key plain() {
            return new Key(sequence, address, format, false);
        }
    }

    /** The answer, rendered if it is not kept. One is rendered at a time: it takes a core and some megabytes. */
    ByteChunks get(Key key, Supplier<ByteChunks> source) {
        ByteChunks known = find(key);
        if (known != null) {
            return known;
        }
        synchronized (rendering) {
            known = find(key);
            if (known != null) {
                return known;
            }
            ByteChunks plain = find(key.plain());
            ByteChunks rendered = plain == null ? source.get() : plain;
            ByteChunks wanted = key.gzip() ? rendered.gzipped() : rendered;
            keep(key, wanted);
            return wanted;
        }
    }

    private synchronized @Nullable ByteChunks find(Key key) {
        return kept.get(key);
    }

    private synchronized void keep(Key key, ByteChunks chunks) {
        if (key.sequence() > sequence) {
            kept.clear();
            size = 0;
            sequence = key.sequence();
        }
        if (key.sequence() < sequence || chunks.size() > bound) {
            return;
        }
        kept.put(key, chunks);
        size += chunks.size();
        var eldest = kept.entrySet().iterator();
        while (size > bound) {
            size -= eldest.next().getValue().size();
            eldest.remove();
        }
    }

    /** Bytes kept. */
    synchronized long size() {
        return size;
    }
}
