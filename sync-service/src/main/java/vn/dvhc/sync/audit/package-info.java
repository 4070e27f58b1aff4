/**
 * Who did what to a case, when, why and with what outcome: lines in the national database that are only added. No content of
 * records belongs here.
 */
@NullMarked
package vn.dvhc.sync.audit;

import org.jspecify.annotations.NullMarked;
