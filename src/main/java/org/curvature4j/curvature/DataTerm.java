package org.curvature4j.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch's term, of its arrays and random numbers: of the parameters, or at given parameters of the vector to be multiplied.
 *
 * @param graphs by the shapes of a batch
 * @param point the parameters where they are given; the vector is the last input then, otherwise the first
 * @param random values of further inputs, for a batch
 * @param weights of batches
 */
record DataTerm(
        Function<Map<String, Shape>, Graph> graphs,
        @Nullable INDArray point,
        Function<Batch, List<INDArray>> random,
        ToDoubleFunction<Batch> weights) {

    /** The graph for batches of these shapes. */
    Graph graph(Map<String, Shape> fed) {
        return graphs.apply(fed);
    }

    /** The position of the vector among the graph's inputs. */
    int varying(Graph graph) {
        return point == null ? 0 : graph.inputs().size() - 1;
    }

    /** Values of all other inputs, in their order; the batch's own arrays among them. */
    List<INDArray> others(Batch batch) {
        List<INDArray> values = new ArrayList<>();
        if (point != null) {
            values.add(point);
        }
        values.addAll(batch.arrays().values());
        values.addAll(random.apply(batch));
        return values;
    }

    /** What the batch's result is multiplied with. */
    double weight(Batch batch) {
        return weights.applyAsDouble(batch);
    }
}
