package vn.dvhc.sync.reconcile;

/**
 * A record as one end holds it.
 *
 * @param hash checksum of what is compared
 * @param unit the line it counts under, see {@link PresentUnits}
 */
record Reading(long hash, String unit) {}
