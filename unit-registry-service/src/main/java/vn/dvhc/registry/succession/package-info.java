/**
 * Succession tables, the form in which ministries hand out who passes what to whom, read as the changes they imply.
 *
 * <p>A {@link vn.dvhc.registry.table.Table} and the register as it stands the day before come in; changes and the units ended
 * on purpose go out, or every line at fault. JDK and unit-model only.
 */
@NullMarked
package vn.dvhc.registry.succession;

import org.jspecify.annotations.NullMarked;
