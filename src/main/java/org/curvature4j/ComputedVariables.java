package org.curvature4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What operations of a graph compute, such as activations, where a function begins there: SameDiff knows neither its shape nor
 * its value.
 *
 * @param feeds values of placeholders
 * @param shapes of placeholders, in place of declared ones
 */
record ComputedVariables(SameDiff sd, Map<String, INDArray> feeds, Map<String, Shape> shapes, ImportRules rules) {

    static boolean has(SDVariable variable) {
        return variable.getVariableType() == VariableType.ARRAY;
    }

    /**
     * The shape, -1 on the first axis where that counts the examples of what it is computed from.
     *
     * @throws IllegalArgumentException if it isn't known, or depends on their number otherwise
     */
    long[] shape(SDVariable variable) {
        Shape one = imported(variable.name(), 1).outputs().get(0).shape();
        Shape two = imported(variable.name(), 2).outputs().get(0).shape();
        long[] shape = one.toArray();
        if (one.rank() > 0 && one.dim(0) == 1 && two.equals(one.with(0, 2))) {
            shape[0] = -1;
        } else if (!one.equals(two)) {
            throw new IllegalArgumentException("variable '" + variable.name()
                    + "': expected the examples of a batch on its first axis, got shape " + one + " for one and " + two
                    + " for two (give the whole shape: shape in Java, --shape on the command line)");
        }
        return shape;
    }

    /** The present value, row-major, or null where it depends on a placeholder that isn't fed. */
    @Nullable
    INDArray present(SDVariable variable) {
        List<INDArray> values = new ArrayList<>();
        for (String name : placeholders(variable.name())) {
            INDArray feed = feeds.get(name);
            if (feed == null) {
                return null;
            }
            values.add(HostArray.as(
                    "feed '" + name + "'", feed, sd.getVariable(name).dataType()));
        }
        try (TensorPlan plan = TensorPlan.of(imported(variable.name(), 1))) {
            return HostArray.copyOf(plan.call(values).get(0));
        }
    }

    private List<String> placeholders(String name) {
        return SameDiffImport.leaves(sd, List.of(name)).stream()
                .filter(leaf -> sd.getVariable(leaf).getVariableType() == VariableType.PLACEHOLDER)
                .toList();
    }

    private Graph imported(String name, long examples) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        for (String placeholder : placeholders(name)) {
            INDArray feed = feeds.get(placeholder);
            Shape shape = shapes.get(placeholder);
            inputs.put(
                    placeholder,
                    feed != null
                            ? Shape.of(feed.shape())
                            : shape != null ? shape : declared(sd.getVariable(placeholder), examples));
        }
        return SameDiffImport.graph(sd, List.of(name), inputs, rules);
    }

    private static Shape declared(SDVariable placeholder, long examples) {
        return Objects.requireNonNull(new PlaceholderShapes(List.of(placeholder), Map.of(), Map.of())
                .ofExamples(examples)
                .get(placeholder.name()));
    }
}
