package vn.dvhc.gateway.change;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.ChangeData;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/**
 * Who came from whom and who stood below whom, as far as the log has been read. Much less than a timeline: it answers only which
 * units a change concerns. Numbers each unit, so that sets of units are small. Not thread-safe.
 */
final class Kin {

    private final Map<UnitId, Node> nodes = new HashMap<>();
    private final Map<String, Node> bearers = new HashMap<>();
    private final Map<String, Set<Node>> noticed = new HashMap<>();
    private final Set<Long> struck = new HashSet<>();

    private static final class Node {

        private final int number;
        private final boolean isProvince;
        private final List<Link> after = new ArrayList<>(1);
        private final List<Link> before = new ArrayList<>(1);
        private final Set<Node> everBelow = new LinkedHashSet<>(0);
        private @Nullable Node parent;

        Node(int number, boolean isProvince) {
            this.number = number;
            this.isProvince = isProvince;
        }
    }

    /** An edge to a node, told by the message of that sequence. */
    private record Link(Node to, long sequence) {}

    /** Takes the messages of one whole group and gives them back as changes. */
    List<Change> take(List<LogMessage> messages, List<byte[]> events) {
        List<Set<Node>> concerned = new ArrayList<>();
        List<Set<Integer>> provinces = new ArrayList<>();
        Set<Node> ofNotice = ofNotice(messages);
        for (LogMessage message : messages) {
            Set<Node> nodesOf = message instanceof UnitChangeData.Message change ? nodes(change.data()) : ofNotice;
            concerned.add(nodesOf);
            provinces.add(new LinkedHashSet<>(provinces(nodesOf)));
        }
        messages.forEach(this::learn);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            LogMessage message = messages.get(i);
            provinces.get(i).addAll(provinces(concerned.get(i)));
            changes.add(new Change(
                    message.sequence(),
                    message.subject(),
                    ChangeKind.ofType(message.type()),
                    concerned.get(i).stream().mapToInt(node -> node.number).toArray(),
                    provinces.get(i).stream().mapToInt(Integer::intValue).toArray(),
                    events.get(i)));
        }
        return changes;
    }

    boolean knows(UnitId id) {
        return nodes.containsKey(id);
    }

    /** The numbers of known units. */
    int[] numbers(List<UnitId> ids) {
        return ids.stream()
                .mapToInt(id -> Objects.requireNonNull(nodes.get(id)).number)
                .toArray();
    }

    /** The numbers of the provinces that known units stand in, or stood in when they ended. */
    int[] provinces(List<UnitId> ids) {
        Set<Node> concerned = new LinkedHashSet<>();
        ids.forEach(id -> concerned.add(Objects.requireNonNull(nodes.get(id))));
        return provinces(concerned).stream().mapToInt(Integer::intValue).toArray();
    }

    /** The number of the unit alone; empty if it is not known. */
    BitSet alone(UnitId id) {
        BitSet numbers = new BitSet();
        Node node = nodes.get(id);
        if (node != null) {
            numbers.set(node.number);
        }
        return numbers;
    }

    /** The unit, all that was ever below it, and what came before and after each; empty if it is not known. */
    BitSet family(UnitId id) {
        BitSet own = new BitSet();
        BitSet family = new BitSet();
        Node start = nodes.get(id);
        if (start == null) {
            return family;
        }
        List<Node> below = reach(List.of(start), node -> node.everBelow.stream(), own);
        family.or(own);
        BitSet later = new BitSet();
        reach(below, node -> live(node.after), later);
        family.or(later);
        BitSet earlier = new BitSet();
        reach(below, node -> live(node.before), earlier);
        family.or(earlier);
        return family;
    }

    private Stream<Node> live(List<Link> links) {
        return links.stream().filter(link -> !struck.contains(link.sequence())).map(Link::to);
    }

    private static List<Node> reach(List<Node> from, Function<Node, Stream<Node>> step, BitSet reached) {
        List<Node> all = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (!reached.get(node.number)) {
                reached.set(node.number);
                all.add(node);
                step.apply(node).forEach(open::push);
            }
        }
        return all;
    }

    private Set<Node> nodes(UnitChangeData data) {
        Set<Node> concerned = new LinkedHashSet<>();
        concerned.add(node(data.unitId()));
        data.edges().forEach(edge -> {
            concerned.add(node(edge.from()));
            concerned.add(node(edge.to()));
        });
        return concerned;
    }

    /** A notice names codes: read as those who bear them now. Its parts belong together; its withdrawal names none. */
    private Set<Node> ofNotice(List<LogMessage> messages) {
        Set<Node> concerned = new LinkedHashSet<>();
        for (LogMessage message : messages) {
            if (message instanceof DecisionNoticeData.Typed notice) {
                notice.data().changes().forEach(change -> addBearers(change, concerned));
                if (notice.kind() == DecisionNoticeData.Kind.WITHDRAWN) {
                    concerned.addAll(noticed.getOrDefault(notice.data().decision(), Set.of()));
                }
            }
        }
        return concerned;
    }

    private void addBearers(ChangeData change, Set<Node> concerned) {
        for (String code : new String[] {change.code(), change.to(), change.parent()}) {
            Node bearer = code == null ? null : bearers.get(code);
            if (bearer != null) {
                concerned.add(bearer);
            }
        }
    }

    private Set<Integer> provinces(Set<Node> concerned) {
        Set<Integer> provinces = new LinkedHashSet<>();
        for (Node node : concerned) {
            Node top = node;
            while (top.parent != null) {
                top = top.parent;
            }
            if (top.isProvince) {
                provinces.add(top.number);
            }
        }
        return provinces;
    }

    private void learn(LogMessage message) {
        if (message instanceof DecisionNoticeData.Typed notice) {
            noticed.put(notice.data().decision(), ofNotice(List.of(notice)));
            return;
        }
        UnitChangeData data = ((UnitChangeData.Message) message).data();
        Long retracted = data.retracts();
        if (retracted != null) {
            struck.add(retracted);
            return;
        }
        Node node = node(data.unitId());
        learnPlace(node, data);
        if (ChangeKind.ofType(message.type()) == ChangeKind.ENDED) {
            bearers.remove(data.code(), node);
        } else {
            bearers.put(data.code(), node);
        }
        data.edges().forEach(edge -> {
            Node from = node(edge.from());
            Node to = node(edge.to());
            from.after.add(new Link(to, data.sequence()));
            to.before.add(new Link(from, data.sequence()));
        });
    }

    private void learnPlace(Node node, UnitChangeData data) {
        String above = data.parent();
        if (above != null) {
            Node parent = node(above);
            node.parent = parent;
            parent.everBelow.add(node);
        }
    }

    private Node node(String id) {
        UnitId unit = UnitId.parse(id);
        return nodes.computeIfAbsent(unit, fresh -> new Node(nodes.size(), fresh.level() == Level.PROVINCE));
    }

    /** Whether one of the numbers is in the set. */
    static boolean meets(int[] numbers, BitSet set) {
        return IntStream.of(numbers).anyMatch(set::get);
    }
}
