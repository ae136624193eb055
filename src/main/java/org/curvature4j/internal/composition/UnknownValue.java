package org.curvature4j.internal.composition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * A rule has to know a value, such as a shape or axes, that is computed from a graph's inputs: with these fed, the operation
 * may well be taken over.
 */
public final class UnknownValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> inputs;

    /**
     * An error in this library's wording.
     *
     * @param value that would have to be known
     */
    public UnknownValue(String expected, String got, Node value) {
        super("expected " + expected + ", got " + got);
        inputs = inputs(value);
    }

    /** The names of the inputs that the value is computed from. */
    public Set<String> inputs() {
        return inputs;
    }

    /** The one that an error comes from; null where it has another reason. */
    public static @Nullable UnknownValue behind(Throwable error) {
        @Nullable Throwable reason = error;
        while (reason != null && !(reason instanceof UnknownValue)) {
            reason = reason.getCause();
        }
        return (UnknownValue) reason;
    }

    private static Set<String> inputs(Node value) {
        Set<String> names = new LinkedHashSet<>();
        Set<Node> seen = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty()) {
            Node next = open.pop();
            if (next.op() instanceof Leaf.Input input) {
                names.add(input.label());
            }
            next.operands().stream().filter(seen::add).forEach(open::push);
        }
        return names;
    }
}
