package vn.dvhc.history.api;

import java.util.HashMap;
import java.util.Map;

/** A lineage as text that common tools draw: edges that are sure are solid, others are dashed. */
final class Drawing {

    private static final String SURE = "act";

    private Drawing() {}

    /** Graphviz: {@code dot -Tsvg}. */
    static String dot(LineageJson lineage) {
        StringBuilder dot = new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n");
        for (LineageJson.NodeJson node : lineage.nodes()) {
            dot.append("  ").append(quoted(node.unitId())).append(" [label=").append(quoted(label(node, "\n")));
            if (node.unitId().equals(lineage.root())) {
                dot.append(", penwidth=2");
            }
            dot.append("];\n");
        }
        for (Json.EdgeJson edge : lineage.edges()) {
            dot.append("  ").append(quoted(edge.from())).append(" -> ").append(quoted(edge.to()));
            dot.append(" [label=").append(quoted(label(edge)));
            if (!edge.confidence().equals(SURE)) {
                dot.append(", style=dashed");
            }
            dot.append("];\n");
        }
        return dot.append("}\n").toString();
    }

    /** Mermaid's flowchart. */
    static String mermaid(LineageJson lineage) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        Map<String, String> names = new HashMap<>();
        for (LineageJson.NodeJson node : lineage.nodes()) {
            String name = "u" + names.size();
            names.put(node.unitId(), name);
            text.append("  ").append(name).append("[\"").append(escaped(label(node, "<br/>")));
            text.append(node.unitId().equals(lineage.root()) ? "\"]:::root\n" : "\"]\n");
        }
        for (Json.EdgeJson edge : lineage.edges()) {
            text.append("  ").append(names.get(edge.from()));
            text.append(edge.confidence().equals(SURE) ? " -->|\"" : " -.->|\"");
            text.append(escaped(label(edge)))
                    .append("\"| ")
                    .append(names.get(edge.to()))
                    .append('\n');
        }
        return text.append("  classDef root stroke-width:3px\n").toString();
    }

    private static String label(LineageJson.NodeJson node, String lineBreak) {
        String life = node.from() + (node.to() == null ? " –" : " – " + node.to());
        return node.fullName() + " (" + node.code() + ")" + lineBreak + life;
    }

    private static String label(Json.EdgeJson edge) {
        return edge.date() + " " + (edge.portion() == null ? edge.extent() : edge.portion());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String escaped(String text) {
        return text.replace("\"", "#quot;");
    }
}
