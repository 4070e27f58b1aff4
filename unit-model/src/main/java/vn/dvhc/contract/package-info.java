/**
 * The contracts between services: what an enacted change looks like on the topic {@code unit-changes.v1}, and how a
 * consumer puts days, corrections and notices together from single messages; and the text that names a hand-over plan.
 *
 * <p>The data records hold plain text, numbers and lists, so that any JSON library can map them; schemas, the AsyncAPI
 * document and examples lie beside them as resources in {@code /contract}. v1 only grows by optional fields. JDK only.
 */
@NullMarked
package vn.dvhc.contract;

import org.jspecify.annotations.NullMarked;
