/**
 * A campaign of faults against the whole house while people write and the reform passes: {@link
 * vn.dvhc.demo.fault.Site} runs it, {@link vn.dvhc.demo.fault.FaultPlan} says what breaks, {@link
 * vn.dvhc.demo.fault.Writer} remembers what was acknowledged, {@link vn.dvhc.demo.fault.Sampler} watches the copies, and {@link
 * vn.dvhc.demo.fault.Checker} compares every tier with what was acknowledged. Knows nothing of how the services work.
 */
@NullMarked
package vn.dvhc.demo.fault;

import org.jspecify.annotations.NullMarked;
