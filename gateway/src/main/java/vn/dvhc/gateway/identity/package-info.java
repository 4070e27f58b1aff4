/**
 * Who asks, and whether they may: bearer tokens of Keycloak, checked here without a call per request.
 *
 * <p>Knows nothing of paths. No request waits for a token but where its route wants one, so that public look-ups need no Keycloak.
 */
@NullMarked
package vn.dvhc.gateway.identity;

import org.jspecify.annotations.NullMarked;
