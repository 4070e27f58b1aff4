/**
 * The main job, run and verified from outside: Hải Dương and Hải Phòng become Hải Phòng while people go on working.
 *
 * <p>The folders tell the way of a run: {@code record} makes the data, {@code reform} says where it must end up,
 * {@code traffic} writes and reads while the reform passes, {@code verify} compares what is with what must be. Only this
 * package knows processes, ports and files. Nothing here may use the services' own bookkeeping as its truth.
 */
@NullMarked
package vn.dvhc.demo;

import org.jspecify.annotations.NullMarked;
