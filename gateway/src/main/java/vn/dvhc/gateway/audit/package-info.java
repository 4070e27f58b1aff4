/**
 * The door's own audit: every refusal and every change that passes, in a chain, each entry with the hash of the one before. Taken in by the
 * door without waiting, written in batches by a thread of its own into a table that only grows, read by those who administer the nation.
 * No names, tokens, addresses of records or bodies are kept. Neither a full queue nor a database that is away stops a request; what was
 * lost meanwhile, and what the database refuses, is counted in the chain.
 */
@NullMarked
package vn.dvhc.gateway.audit;

import org.jspecify.annotations.NullMarked;
