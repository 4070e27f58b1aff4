package vn.dvhc.gateway.subscribe;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.change.ChangeFilter;
import vn.dvhc.gateway.change.ChangeKind;
import vn.dvhc.gateway.change.StreamName;
import vn.dvhc.gateway.store.DoorDatabase;
import vn.dvhc.unit.UnitId;

/** Reads what callers send about subscriptions and writes what they get; secrets only where they are made. */
final class SubscriptionForm {

    private static final int LONGEST_DESCRIPTION = 200;

    private SubscriptionForm() {}

    /** The object; empty if the body is none. */
    static Optional<JsonObject> object(Buffer body) {
        try {
            return Optional.of(new JsonObject(body));
        } catch (DecodeException malformed) {
            return Optional.empty();
        }
    }

    static Optional<URI> url(JsonObject body, Destination destination) {
        return body.getValue("url") instanceof String text ? destination.read(text) : Optional.empty();
    }

    /** Whether the description is short enough and can be kept, or there is none. */
    static boolean isDescribed(JsonObject body) {
        Object description = body.getValue("description");
        return description == null
                || (description instanceof String text
                        && text.length() <= LONGEST_DESCRIPTION
                        && DoorDatabase.isText(text));
    }

    static @Nullable String description(JsonObject body) {
        return body.getValue("description") instanceof String text ? text : null;
    }

    /** The stream; the one given if none is told, empty if there is no such stream. */
    static Optional<StreamName> stream(JsonObject body, StreamName otherwise) {
        Object stream = body.getValue("stream");
        return stream == null
                ? Optional.of(otherwise)
                : stream instanceof String label ? StreamName.ofLabel(label) : Optional.empty();
    }

    /** Whether datasets are asked for. */
    static boolean namesDatasets(JsonObject body) {
        return body.getValue("filter") instanceof JsonObject parts
                && !(parts.getValue("datasets") == null
                        || parts.getValue("datasets") instanceof JsonArray list && list.isEmpty());
    }

    /** Everything of the stream if there is no filter; empty if it can't be read. */
    static Optional<ChangeFilter> filter(JsonObject body, StreamName stream) {
        Object filter = body.getValue("filter");
        if (filter == null) {
            return ChangeFilter.read(stream, List.of(), List.of(), List.of(), List.of());
        }
        if (!(filter instanceof JsonObject parts)) {
            return Optional.empty();
        }
        return texts(parts, "units")
                .flatMap(units -> texts(parts, "provinces")
                        .flatMap(provinces -> texts(parts, "kinds")
                                .flatMap(kinds -> texts(parts, "datasets")
                                        .flatMap(datasets ->
                                                ChangeFilter.read(stream, units, provinces, kinds, datasets)))));
    }

    private static Optional<List<String>> texts(JsonObject parts, String field) {
        Object value = parts.getValue(field);
        if (value == null) {
            return Optional.of(List.of());
        }
        return value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance)
                ? Optional.of(list.stream().map(String.class::cast).distinct().toList())
                : Optional.empty();
    }

    /** A state that a person may put it in; active if none is told, empty if it is no such state. */
    static Optional<Subscription.State> state(JsonObject body) {
        Object state = body.getValue("state", Subscription.State.ACTIVE.label());
        return List.of(Subscription.State.ACTIVE, Subscription.State.PAUSED).stream()
                .filter(one -> one.label().equals(state))
                .findFirst();
    }

    /** The sequence to begin with; empty if it is no number from 1. */
    static Optional<Long> from(JsonObject body) {
        return body.getValue("from") instanceof Number number && number.longValue() >= 1
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    static JsonObject json(Subscription subscription) {
        ChangeFilter filter = subscription.filter();
        return new JsonObject()
                .put("id", subscription.id())
                .put("owner", subscription.owner())
                .put("url", subscription.url().toString())
                .put("description", subscription.description())
                .put("stream", filter.stream().label())
                .put(
                        "filter",
                        new JsonObject()
                                .put("units", ids(filter.units()))
                                .put("provinces", ids(filter.provinces()))
                                .put(
                                        "kinds",
                                        new JsonArray(filter.kinds().stream()
                                                .map(ChangeKind::label)
                                                .sorted()
                                                .toList()))
                                .put(
                                        "datasets",
                                        new JsonArray(filter.datasets().stream()
                                                .sorted()
                                                .toList())))
                .put("state", subscription.state().label())
                .put("reason", subscription.reason())
                .put("position", subscription.position())
                .put("delivered", subscription.delivered())
                .put("deliveredAt", text(subscription.deliveredAt()))
                .put("failingSince", text(subscription.failingSince()))
                .put("createdAt", subscription.createdAt().toString())
                .put("changedAt", subscription.changedAt().toString());
    }

    static JsonObject json(SubscriptionStore.Kept kept) {
        return new JsonObject()
                .put("sequence", kept.sequence())
                .put("subject", kept.subject())
                .put("state", kept.state())
                .put("attempts", kept.attempts())
                .put("nextAttempt", text(kept.next()))
                .put("lastAttempt", text(kept.last()))
                .put("lastStatus", kept.lastStatus())
                .put("cause", kept.cause());
    }

    static JsonObject json(Outcome outcome) {
        return new JsonObject()
                .put("delivered", outcome.isDelivered())
                .put("status", outcome.status() == 0 ? null : outcome.status())
                .put("cause", outcome.cause());
    }

    private static JsonArray ids(Iterable<UnitId> units) {
        JsonArray ids = new JsonArray();
        units.forEach(unit -> ids.add(unit.toString()));
        return ids;
    }

    private static @Nullable String text(@Nullable Object moment) {
        return moment == null ? null : moment.toString();
    }
}
