package vn.dvhc.registry.decision;

import java.time.Instant;

/**
 * Who did something with a decision, and when.
 *
 * @param by the name the person signed in with
 * @param at recorded time, not the time of effect
 */
public record Step(String by, Instant at) {}
