package org.curvature4j.op;

import java.util.Arrays;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.jspecify.annotations.Nullable;

/** Extremes of known numbers and sums of known whole ones, the same bits as in any engine. */
final class KnownReductions {
    private KnownReductions() {}

    /** Sums of whole numbers, which don't depend on their order. */
    static double @Nullable [] whole(Op op, Leaf.Literal first, Shape to) {
        if (op instanceof Sum) {
            return sums(first, to);
        } else if (op instanceof CumulativeSum sum) {
            return runningSums(first, sum);
        } else if (op instanceof Indexing.ScatterAdd add) {
            return scattered(first, add, to);
        }
        return null;
    }

    /** Neither what is no number, nor zeros of both signs, of which an engine may take either. */
    static boolean hasOrder(Leaf.Literal literal) {
        double[] values = literal.values();
        return Arrays.stream(values).noneMatch(value -> Double.isNaN(value) || (value == 0 && 1 / value < 0));
    }

    static double[] extremes(Leaf.Literal literal, Extremum op, Shape to) {
        double[] elements = KnownValues.elements(literal);
        double[] largest = KnownValues.zeros(to);
        double[] places = KnownValues.zeros(to);
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        Arrays.fill(places, -1);
        int[] positions = Strides.of(to).broadcast(literal.type().shape()).positions();
        for (int i = 0; i < positions.length; i++) {
            int position = positions[i];
            if (places[position] < 0 || elements[i] > largest[position]) {
                largest[position] = elements[i];
                places[position] = op instanceof Extremum.Position place
                        ? (double) (i
                                / literal.type().shape().sizeFrom(place.axis() + 1)
                                % literal.type().shape().dim(place.axis()))
                        : 0;
            }
        }
        return op instanceof Extremum.Position ? places : largest;
    }

    private static double[] runningSums(Leaf.Literal literal, CumulativeSum op) {
        double[] elements = KnownValues.elements(literal);
        Shape shape = literal.type().shape();
        int step = Math.toIntExact(shape.sizeFrom(op.axis() + 1));
        int size = Math.toIntExact(shape.dim(op.axis()));
        double[] result = new double[elements.length];
        for (int i = 0; i < elements.length; i++) {
            int along = op.reverse() ? elements.length - 1 - i : i;
            int place = along / step % size;
            int before = op.reverse() ? along + step : along - step;
            boolean isFirst = place == (op.reverse() ? size - 1 : 0);
            double sum = isFirst ? 0 : result[before] + (op.exclusive() ? elements[before] : 0);
            result[along] = op.exclusive() ? sum : sum + elements[along];
        }
        return result;
    }

    private static double[] scattered(Leaf.Literal literal, Indexing.ScatterAdd op, Shape to) {
        double[] result = KnownValues.zeros(to);
        for (int i = 0; i < op.indices().count(); i++) {
            double[] slice = KnownValues.picked(
                    literal, Strides.of(literal.type().shape()).slice(op.axis(), i, 1));
            int[] positions =
                    Strides.of(to).slice(op.axis(), op.indices().get(i), 1).positions();
            for (int k = 0; k < positions.length; k++) {
                result[positions[k]] += slice[k];
            }
        }
        return result;
    }

    private static double[] sums(Leaf.Literal literal, Shape to) {
        double[] elements = KnownValues.elements(literal);
        double[] result = KnownValues.zeros(to);
        int[] positions = Strides.of(to).broadcast(literal.type().shape()).positions();
        for (int i = 0; i < positions.length; i++) {
            result[positions[i]] += elements[i];
        }
        return result;
    }
}
