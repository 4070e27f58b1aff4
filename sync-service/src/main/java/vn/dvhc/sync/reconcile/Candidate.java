package vn.dvhc.sync.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * A record that did not look the same at both ends.
 *
 * @param owner null if its owner did not have it
 * @param copy null if the copy did not
 */
record Candidate(
        String key, @Nullable Reading owner, @Nullable Reading copy) {}
