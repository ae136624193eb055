package org.curvature4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Shape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The shapes of the tensors of a point and of what goes with it: declared, or given, with the batch axis of those that have one. */
final class PlaceholderShapes {
    private static final int OPEN = -1;

    private final Map<String, long[]> declared = new LinkedHashMap<>();
    private final Set<String> batched = new LinkedHashSet<>();

    /**
     * @param given shapes in place of declared ones
     * @param computed shapes of what operations compute, -1 for a batch axis
     */
    PlaceholderShapes(List<SDVariable> tensors, Map<String, Shape> given, Map<String, long[]> computed) {
        for (SDVariable variable : tensors) {
            Shape shape = given.get(variable.name());
            long[] known = shape != null ? shape.toArray() : computed.get(variable.name());
            declared.put(variable.name(), known != null ? known : declared(variable));
            if (shape == null && hasOpenFirst(declared.get(variable.name()))) {
                batched.add(variable.name());
            }
        }
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                throw new IllegalArgumentException(
                        "shape of '" + name + "': expected a tensor of the point or one that goes with it, "
                                + declared.keySet() + ", got another");
            }
        }
    }

    private static long[] declared(SDVariable variable) {
        long[] shape = variable.getShape();
        if (shape == null) {
            throw new IllegalArgumentException("placeholder '" + variable.name()
                    + "': expected a declared shape, got none (give it: shape in Java, --shape on the command line)");
        }
        for (int axis = 1; axis < shape.length; axis++) {
            if (shape[axis] < 0) {
                throw new IllegalArgumentException("placeholder '" + variable.name()
                        + "': expected an open size (-1) on the first axis only, got " + Arrays.toString(shape)
                        + " (give the whole shape: shape in Java, --shape on the command line)");
            }
        }
        return shape;
    }

    /** Whether the first size of a variable isn't stated. */
    static boolean hasOpenFirst(SDVariable variable) {
        return variable.getShape() != null && hasOpenFirst(variable.getShape());
    }

    private static boolean hasOpenFirst(long[] shape) {
        return shape.length > 0 && shape[0] == OPEN;
    }

    boolean hasBatchAxis() {
        return !batched.isEmpty();
    }

    Set<String> batched() {
        return batched;
    }

    Map<String, Shape> ofOneExample() {
        return ofExamples(1);
    }

    /** The shapes with this many examples on each batch axis. */
    Map<String, Shape> ofExamples(long count) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        declared.forEach((name, shape) -> {
            long[] closed = shape.clone();
            if (batched.contains(name)) {
                closed[0] = count;
            }
            shapes.put(name, Shape.of(closed));
        });
        return shapes;
    }

    /** Throws unless a value can be given to a placeholder. */
    static void checkFeed(SDVariable placeholder, INDArray value) {
        if (placeholder.getVariableType() != VariableType.PLACEHOLDER) {
            throw new IllegalArgumentException("feed '" + placeholder.name() + "': expected a placeholder, got a "
                    + placeholder.getVariableType().name().toLowerCase(java.util.Locale.ROOT));
        }
        long[] shape = placeholder.getShape();
        if (shape != null && !fits(shape, value.shape())) {
            boolean oneEach = value.rank() > 0 && fits(shape, Arrays.copyOfRange(value.shape(), 1, value.rank()));
            throw new IllegalArgumentException("feed '" + placeholder.name() + "': expected shape "
                    + Arrays.toString(shape) + ", the same for every point, got " + Arrays.toString(value.shape())
                    + (oneEach
                            ? " (to give one with each point, name it with perPoint and give this beside the points)"
                            : ""));
        }
    }

    private static boolean fits(long[] declared, long[] shape) {
        boolean fits = declared.length == shape.length;
        for (int axis = 0; fits && axis < declared.length; axis++) {
            fits = declared[axis] == OPEN || declared[axis] == shape[axis];
        }
        return fits;
    }

    /** The names that a point can be made of. */
    static List<String> candidates(SameDiff sd) {
        return sd.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.PLACEHOLDER
                        || variable.getVariableType() == VariableType.VARIABLE)
                .map(SDVariable::name)
                .toList();
    }
}
