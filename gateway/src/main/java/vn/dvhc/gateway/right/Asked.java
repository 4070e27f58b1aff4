package vn.dvhc.gateway.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;

/**
 * What a request asks for.
 *
 * @param concerning whose affairs, as far as the address names units: the right over one of them is enough; empty if it names none, and
 *     the service behind narrows its answer
 */
record Asked(Call call, List<Named> concerning) {

    Asked {
        concerning = List.copyOf(concerning);
    }

    /**
     * A unit in an address.
     *
     * @param isCode whether it is named by the code that it bears now, instead of by its id
     */
    record Named(String text, boolean isCode) {}

    private static Asked of(Call call) {
        return new Asked(call, List.of());
    }

    /**
     * Reads a method and a path as they were sent.
     *
     * @param parameter the value of a parameter; null if it was not sent
     * @return empty for what is no call on which rights are laid down: then it is nobody's
     */
    static Optional<Asked> of(String method, String path, Function<String, @Nullable String> parameter) {
        String[] parts = path.split("/", -1);
        if (parts.length < 3 || !parts[1].equals("v1")) {
            return Optional.empty();
        }
        boolean reads = method.equals("GET") || method.equals("HEAD");
        String last = parts[parts.length - 1];
        return switch (parts[2]) {
            case "units", "counts", "digest", "crosswalk", "snapshot", "rebase", "vintage", "convert" ->
                Optional.of(of(Call.LOOK_UP));
            case "decisions" -> Optional.of(of(decision(reads, last)));
            case "acts", "register", "enactments", "comparisons", "record-counts" ->
                Optional.of(of(Call.READ_DECISIONS));
            case "locality-assignments" -> Optional.of(of(reads ? Call.READ_DECISIONS : Call.ASSIGN_LOCALITIES));
            case "handovers" -> Optional.of(handOver(reads, parts, parameter));
            case "queue" ->
                Optional.of(new Asked(reads ? Call.READ_QUEUE : Call.DECIDE_QUEUE, named(parameter, "unit", false)));
            case "records" -> reads ? Optional.of(of(Call.READ_JOURNEY)) : Optional.empty();
            case "sync" ->
                Optional.of(
                        parts.length > 3 && parts[3].equals("communes")
                                ? new Asked(Call.READ_COMMUNES, named(parameter, "province", true))
                                : of(Call.READ_STATUS));
            case "reconciliations" ->
                Optional.of(
                        reads
                                ? new Asked(Call.READ_RECONCILIATIONS, named(parameter, "unit", false))
                                : of(Call.RUN_RECONCILIATIONS));
            case "conflicts" -> Optional.of(of(reads ? Call.READ_CONFLICTS : Call.DECIDE_CONFLICT));
            case "dead-letters" -> Optional.of(of(reads ? Call.READ_DEAD_LETTERS : Call.HANDLE_DEAD_LETTERS));
            case "sources", "datasets" -> Optional.of(of(reads ? Call.READ_SOURCES : Call.DECLARE_SOURCES));
            case "audit" ->
                Optional.of(of(parts.length > 3 && parts[3].equals("door") ? Call.READ_DOOR_AUDIT : Call.READ_AUDIT));
            case "revocations" -> Optional.of(of(Call.REVOKE_TOKENS));
            case "subscriptions" -> Optional.of(of(Call.SUBSCRIBE));
            case "changes" -> Optional.of(of(last.equals("stream") ? Call.SUBSCRIBE : Call.LOOK_UP));
            default -> Optional.empty();
        };
    }

    private static Call decision(boolean reads, String last) {
        if (reads) {
            return Call.READ_DECISIONS;
        }
        return switch (last) {
            case "rehearsals", "impact", "plans" -> Call.READ_DECISIONS;
            case "approval", "rejection", "schedule" -> Call.APPROVE_DECISION;
            case "withdrawal" -> Call.WITHDRAW_DECISION;
            default -> Call.DRAFT_DECISION;
        };
    }

    private static Asked handOver(boolean reads, String[] parts, Function<String, @Nullable String> parameter) {
        if (parts.length == 5 && parts[3].equals("chain")) {
            return of(Call.READ_MANIFESTS);
        }
        if (parts.length < 5 || !parts[4].equals("manifests")) {
            return of(reads ? Call.READ_HANDOVERS : Call.RUN_HANDOVERS);
        }
        if (parts.length == 5) {
            return new Asked(Call.READ_MANIFESTS, named(parameter, "unit", false));
        }
        List<Named> sides = sides(parts[5]);
        if (reads) {
            return new Asked(Call.READ_MANIFESTS, sides);
        }
        return parts[parts.length - 1].equals("signatures")
                ? new Asked(Call.SIGN_MANIFEST, sides)
                : of(Call.RUN_HANDOVERS);
    }

    /** A manifest is called {@code dataset.from.to}; without a receiver {@code to} is a word. */
    private static List<Named> sides(String manifest) {
        String[] words = manifest.replace("%40", "@").split("\\.", -1);
        List<Named> sides = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            sides.add(new Named(words[i], false));
        }
        return sides;
    }

    private static List<Named> named(Function<String, @Nullable String> parameter, String name, boolean isCode) {
        String value = parameter.apply(name);
        return value == null ? List.of() : List.of(new Named(value, isCode));
    }
}
