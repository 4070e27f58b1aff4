package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads the bodies of calls within bounds: a body of eight megabytes may hold millions of empty lists, and each takes memory. */
final class CallReader {

    /** More than the largest list has that may be sent. */
    private static final int MOST_TOKENS = 400_000;

    private static final int DEEPEST = 16;

    private CallReader() {}

    /** To be set up further. */
    static JsonMapper.Builder mapper() {
        return JsonMapper.builder(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxTokenCount(MOST_TOKENS)
                        .maxNestingDepth(DEEPEST)
                        .build())
                .build());
    }
}
