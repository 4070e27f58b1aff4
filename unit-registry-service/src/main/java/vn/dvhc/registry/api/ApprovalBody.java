package vn.dvhc.registry.api;

import org.jspecify.annotations.Nullable;

/**
 * What an approver may send.
 *
 * @param version the version that was read; if given and no longer the latest, nothing is approved
 */
public record ApprovalBody(@Nullable Integer version) {}
