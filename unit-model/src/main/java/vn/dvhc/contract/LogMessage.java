package vn.dvhc.contract;

import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Group;

/** A message of {@code unit-changes.v1}: the type that goes into its envelope, and its data. */
public sealed interface LogMessage permits UnitChangeData.Message, DecisionNoticeData.Typed {

    /** The shapes of data; the type of a message tells which one it has. */
    enum Shape {
        UNIT_CHANGE,
        DECISION_NOTICE;

        /** @throws IllegalArgumentException if the contract has no such type */
        public static Shape ofType(String type) {
            if (DecisionNoticeData.Kind.isType(type)) {
                return DECISION_NOTICE;
            }
            if (!type.equals(UnitChangeData.RETRACTED)) {
                UnitEvent.Kind.ofType(type);
            }
            return UNIT_CHANGE;
        }
    }

    /** The CloudEvents type. */
    String type();

    /** The CloudEvents subject and the key of the record: the unit or decision concerned. */
    String subject();

    /** What becomes the {@code data} of the event. */
    Object data();

    /** Identifies the message; grows by one. */
    long sequence();

    /** Place within its group, from 0. */
    int index();

    /** How many messages its group has. */
    int count();

    /** The kind of the group it belongs to. */
    Group.Kind groupKind();

    /** Words that all messages of a group share. */
    String groupName();
}
