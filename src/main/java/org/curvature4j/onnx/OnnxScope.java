package org.curvature4j.onnx;

import java.util.HashMap;
import java.util.Map;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** Values by name, with those of the graphs around: looked up, not copied, since a loop has a scope for each step. */
final class OnnxScope {
    static final OnnxScope EMPTY = new OnnxScope(null);

    private final @Nullable OnnxScope around;
    private final Map<String, Node> own = new HashMap<>();

    private final OnnxTypes types;

    private OnnxScope(@Nullable OnnxScope around) {
        this.around = around;
        this.types = new OnnxTypes(around == null ? null : around.types);
    }

    /** A new one, in which all values of this one are known. */
    OnnxScope inside() {
        return new OnnxScope(this);
    }

    /** The values' types in the file. */
    OnnxTypes types() {
        return types;
    }

    /** Adds a value; what its type in the file isn't, its elements tell. */
    void put(String name, OnnxType type, Node value) {
        own.put(name, value);
        types.put(name, type.dtype() == value.dtype() ? type : OnnxType.of(value.dtype()));
    }

    @Nullable
    Node get(String name) {
        for (OnnxScope scope = this; scope != null; scope = scope.around) {
            Node value = scope.own.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    boolean has(String name) {
        return get(name) != null;
    }
}
