package vn.dvhc.registry.impact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What another service said.
 *
 * @param items empty if it said nothing
 * @param lacking why the items are not there or not all, in Vietnamese; null if they are
 */
public record Answer<T>(List<T> items, @Nullable String lacking) {

    public Answer {
        items = List.copyOf(items);
    }

    public static <T> Answer<T> of(List<T> items) {
        return new Answer<>(items, null);
    }

    public static <T> Answer<T> lacking(String why) {
        return new Answer<>(List.of(), why);
    }
}
