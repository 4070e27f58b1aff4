/**
 * What the door costs, and whether it delivers: look-ups through it with a bearer token of the real Keycloak, against the same
 * questions asked at history-service; and the reform of 2025 as webhooks to fifty subscribers, some slow and some dead.
 *
 * <p>The doors are as they are shipped but for what {@link vn.dvhc.benchmark.gateway.Doors} sets: limits that hold for this machine
 * too, so that each request is counted for whoever bears its token, and that are large enough for a benchmark.
 */
@NullMarked
package vn.dvhc.benchmark.gateway;

import org.jspecify.annotations.NullMarked;
