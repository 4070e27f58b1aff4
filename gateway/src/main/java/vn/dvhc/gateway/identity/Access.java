package vn.dvhc.gateway.identity;

/** What came of the question who asks and whether they may. */
public enum Access {
    GRANTED,
    /** No token, or one that does not hold. */
    UNAUTHENTICATED,
    /** A good token that was called back before its end. */
    REVOKED,
    /** A good token that lives for longer than it could be called back. */
    TOO_LONG_LIVED,
    /** A good token without any of the roles. */
    FORBIDDEN,
    /** The token can't be checked now, since the keys of its issuer are not to be had. */
    UNDECIDABLE
}
