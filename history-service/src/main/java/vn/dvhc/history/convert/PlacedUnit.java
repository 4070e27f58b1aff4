package vn.dvhc.history.convert;

import vn.dvhc.unit.Unit;

/**
 * A unit with its place.
 *
 * @param path all names from the unit up, like «Phường Bến Thành, Quận 1, Thành phố Hồ Chí Minh»
 */
public record PlacedUnit(Unit unit, String path) {}
