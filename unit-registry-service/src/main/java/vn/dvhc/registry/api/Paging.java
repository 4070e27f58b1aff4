package vn.dvhc.registry.api;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.RegistryConfig;

/** How many items a page has. */
@Singleton
class Paging {

    private final RegistryConfig config;

    Paging(RegistryConfig config) {
        this.config = config;
    }

    /** @throws MalformedRequestException unless it is a number from 1 to the maximum */
    int limit(@Nullable String requested) {
        if (requested == null) {
            return config.pageLimit();
        }
        try {
            int limit = Integer.parseInt(requested);
            if (limit >= 1 && limit <= config.pageLimitMax()) {
                return limit;
            }
        } catch (NumberFormatException malformed) {
            // Told below, in the caller's words.
        }
        throw new MalformedRequestException("«limit» phải là số từ 1 đến " + config.pageLimitMax() + ".");
    }
}
