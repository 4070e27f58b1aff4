package vn.dvhc.history.api;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The forms in which an answer can be had. {@code format=} in the address goes before the {@code Accept} header. */
enum Format {
    JSON("application", "json", false),
    CSV("text", "csv", true),
    NDJSON("application", "x-ndjson", false),
    DOT("text", "vnd.graphviz", true),
    MERMAID("text", "vnd.mermaid", true),
    TURTLE("text", "turtle", true);

    private final MediaType type;
    private final MediaType sent;

    Format(String type, String subtype, boolean text) {
        this.type = new MediaType(type, subtype);
        this.sent = text ? this.type.withCharset("UTF-8") : this.type;
    }

    /** The word in the address. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the answer says it is. */
    MediaType mediaType() {
        return sent;
    }

    /**
     * @param named what the address says; null if nothing
     * @param accepted what the caller accepts, best first
     * @param offered what there is, the first of it for callers who take anything
     * @throws BadParameterException if the address names none of these
     * @throws NotAcceptableException if the caller accepts none of these
     */
    static Format chosen(@Nullable String named, List<MediaType> accepted, List<Format> offered) {
        if (named != null) {
            return offered.stream()
                    .filter(format -> format.label().equals(named))
                    .findFirst()
                    .orElseThrow(() -> new BadParameterException("format", Texts.badFormat(labels(offered))));
        }
        return accepted.stream()
                .map(type -> offered.stream()
                        .filter(format -> type.isCompatible(format.type))
                        .findFirst())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(NotAcceptableException::new);
    }

    private static String labels(List<Format> offered) {
        return offered.stream().map(Format::label).collect(Collectors.joining(", "));
    }
}
