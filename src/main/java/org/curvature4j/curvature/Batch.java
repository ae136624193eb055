package org.curvature4j.curvature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some examples.
 *
 * @param index of the batch, counted from 0
 * @param first index of its first example in all data
 * @param place of its first example among those that all data are a part of
 * @param examples how many
 * @param arrays by placeholder, examples along the first axis; those that all batches share come with each
 * @param shared the placeholders of these
 */
record Batch(int index, long first, long place, long examples, Map<String, INDArray> arrays, Set<String> shared) {
    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        arrays.forEach((name, array) -> shapes.put(name, Shape.of(array.shape())));
        return shapes;
    }
}
