package vn.dvhc.history.convert;

/** Why a conversion came out as it did; the edge puts it into words. */
public enum Cause {
    GOES_ON,
    /** It goes on, but under another code. */
    RECODED,
    /** The code was read later than the date converted to: nothing is undone. */
    READ_LATER,
    ONE_SUCCESSOR,
    SEVERAL_SUCCESSORS,
    /** Only a part of where it went is known. */
    PARTLY_KNOWN,
    NO_SUCCESSOR,
    /** Nobody bore the code on its date, but at other times somebody did. */
    NOT_BORNE_THEN,
    NEVER_BORNE,
    /** A code without date that several units have borne. */
    BORNE_BY_SEVERAL,
    ADDRESS_FITS_SEVERAL,
    ADDRESS_CONTRADICTS,
    ADDRESS_NAMES_NOTHING,
    MALFORMED_CODE,
    MALFORMED_DATE,
    ADDRESS_TOO_LONG,
    /** It has neither code nor address, or both. */
    MALFORMED_ITEM
}
