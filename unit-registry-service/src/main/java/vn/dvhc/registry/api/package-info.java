/**
 * What callers see: resources, their JSON, and the one mapper that turns every failure into a problem document.
 *
 * <p>Requests come in as bytes and leave as values of {@code decision} and {@code unit}; rows of the database never come
 * here.
 */
@NullMarked
package vn.dvhc.registry.api;

import org.jspecify.annotations.NullMarked;
