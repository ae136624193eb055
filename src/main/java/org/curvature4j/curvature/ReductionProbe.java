package org.curvature4j.curvature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.nd4j.VaryingFunction;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.operator.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Finds out how a loss puts examples together: with each of some examples there twice, a mean's gradient stays as it was and
 * a sum's doubles.
 */
final class ReductionProbe {
    /** Examples to look at: enough for a loss that isn't a sum over them to show it. */
    private static final long EXAMPLES = 8;

    /** Rounding in float32 sums of a few examples is far below, and the factor of two far above. */
    private static final double TOLERANCE = 1e-3;

    private ReductionProbe() {}

    static Reduction find(LossGraphs graphs, Batch batch, INDArray point) {
        Factor factor = factor(graphs, batch, point);
        if (factor.isMean == factor.isSum) {
            throw new IllegalArgumentException("loss '" + graphs.loss()
                    + "': expected a mean or a sum over examples to add up minibatches, got "
                    + (factor.isMean ? "a gradient of 0, which doesn't tell" : "neither")
                    + " (call reduction if you know better, or give all data at once)");
        }
        return factor.isMean ? Reduction.MEAN : Reduction.SUM;
    }

    /** Refuses what is stated where the examples show that it is the other. */
    static void require(Reduction stated, LossGraphs graphs, Batch batch, INDArray point) {
        Factor factor;
        try {
            factor = factor(graphs, batch, point);
        } catch (IllegalArgumentException e) {
            return; // As of a graph for so many examples and no others, which is why it was stated.
        }
        boolean isOther = stated == Reduction.SUM ? factor.isMean : factor.isSum;
        Arguments.refuseIf(
                isOther && factor.isMean != factor.isSum,
                "reduction",
                (factor.isMean ? "mean" : "sum") + ", as examples that come twice show of '" + graphs.loss() + "'",
                stated == Reduction.SUM ? "sum" : "mean");
    }

    /** What the gradient shows; both of a gradient of 0. */
    private record Factor(boolean isMean, boolean isSum) {}

    private static Factor factor(LossGraphs graphs, Batch batch, INDArray point) {
        long count = Math.min(EXAMPLES, batch.examples());
        Map<String, INDArray> once = new LinkedHashMap<>();
        Map<String, INDArray> twice = new LinkedHashMap<>();
        batch.arrays().forEach((name, array) -> {
            if (batch.shared().contains(name)) {
                once.put(name, array);
                twice.put(name, array);
            } else {
                INDArray some = array.get(NDArrayIndex.interval(0, count)).dup('c');
                once.put(name, some);
                twice.put(name, Nd4j.concat(0, some, some));
            }
        });
        double[] single = gradient(graphs, once, point);
        double[] doubled = gradient(graphs, twice, point);
        double size = Vectors.norm(single);
        double[] scaled = single.clone();
        Vectors.scale(2, scaled);
        return new Factor(
                Vectors.norm(Vectors.difference(doubled, single)) <= TOLERANCE * size,
                Vectors.norm(Vectors.difference(doubled, scaled)) <= TOLERANCE * size);
    }

    private static double[] gradient(LossGraphs graphs, Map<String, INDArray> arrays, INDArray point) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        arrays.forEach((name, array) -> shapes.put(name, Shape.of(array.shape())));
        Graph gradient = Simplifier.simplify(Derivatives.gradient(graphs.loss(shapes)));
        double[] slopes = new double[Math.toIntExact(point.length())];
        try (VaryingFunction prepared = VaryingFunction.of(gradient, 0, List.copyOf(arrays.values()))) {
            prepared.evaluate(point.toDoubleVector(), slopes);
        }
        return slopes;
    }
}
