package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;

/**
 * A product of tensors, not yet computed: over named axes, summed over those that the result lacks. An axis that stands
 * twice in the result is a Kronecker delta, the identity between two places. So the derivative of {@code x W} by
 * {@code W} is x and a delta, whatever their sizes: the tensor calculus of Laue, Mitterreiter and Giesen, "Computing
 * higher order derivatives of matrix and tensor expressions", 2018, section 3.
 *
 * @param result its axes; those in no factor repeat the value
 */
record Term(List<Axis> result, List<Factor> factors) {
    Term {
        result = List.copyOf(result);
        factors = List.copyOf(factors);
    }

    Term times(Factor factor) {
        List<Factor> more = new ArrayList<>(factors);
        more.add(factor);
        return new Term(result, more);
    }

    Term withResult(List<Axis> axes) {
        return new Term(axes, factors);
    }

    Term renamed(UnaryOperator<Axis> names) {
        return new Term(
                result.stream().map(names).toList(),
                factors.stream().map(factor -> factor.renamed(names)).toList());
    }

    boolean hasFactorAlong(Axis axis) {
        return factors.stream().anyMatch(factor -> factor.axes().contains(axis));
    }

    /** Whether one factor has both axes. */
    boolean hasFactorAlong(Axis first, Axis second) {
        return factors.stream().anyMatch(factor -> factor.axes().containsAll(List.of(first, second)));
    }

    /** The axes of the result that run, each once, in the order in which they first stand there. */
    List<Axis> running() {
        return result.stream().filter(Axis::runs).distinct().toList();
    }

    /** Whether every running axis stands in the result once. */
    boolean isWithoutDelta() {
        return running().size() == result.stream().filter(Axis::runs).count();
    }

    /** Where axes stand, without regard to which they are: results of equal pattern and sizes add before deltas spread. */
    List<Integer> pattern() {
        List<Axis> running = running();
        return result.stream()
                .map(axis -> axis.runs() ? running.indexOf(axis) : -1)
                .toList();
    }

    /** The tensor over {@link #running}. */
    Node compute(Ops ops, DType dtype) {
        return Contraction.of(ops, dtype, factors, running());
    }

    /** The tensor in full. */
    Node dense(Ops ops, DType dtype) {
        return spread(ops, compute(ops, dtype));
    }

    /**
     * The tensor in full, deltas as zeros beside diagonals.
     *
     * @param computed the tensor over {@link #running}
     */
    Node spread(Ops ops, Node computed) {
        List<Axis> held = new ArrayList<>(running());
        Node value = computed;
        List<Axis> places = new ArrayList<>();
        Set<Axis> placed = new HashSet<>();
        for (Axis axis : result) {
            if (!axis.runs() || placed.add(axis)) {
                places.add(axis);
            } else {
                Axis copy = new Axis(axis.size());
                value = diagonal(ops, Contraction.arrange(ops, value, held, last(held, axis)));
                held = new ArrayList<>(last(held, axis));
                held.add(copy);
                places.add(copy);
            }
        }
        List<Axis> order = places.stream().filter(Axis::runs).toList();
        return ops.reshape(Contraction.arrange(ops, value, held, order), Factor.shape(places));
    }

    private static List<Axis> last(List<Axis> axes, Axis axis) {
        List<Axis> order = new ArrayList<>(axes);
        order.remove(axis);
        order.add(axis);
        return order;
    }

    /**
     * The last axis on the diagonal of a matrix of the last two. By layout alone, so that nothing is multiplied by the
     * zeros: in rows one longer than the matrix is wide, a first column lies on the diagonal.
     */
    private static Node diagonal(Ops ops, Node x) {
        Shape outer = x.shape().dropLast();
        long size = x.shape().dim(x.shape().rank() - 1);
        Node column = ops.reshape(x, x.shape().append(1));
        List<Long> none = new ArrayList<>();
        for (int axis = 0; axis < column.shape().rank(); axis++) {
            none.add(0L);
        }
        Node padded = ops.apply(new ShapeOp.Pad(none, x.shape().append(size + 1)), column);
        Node flat = ops.reshape(padded, outer.append(size * (size + 1)));
        Node cut = ops.slice(flat, outer.rank(), 0, size * size);
        return ops.reshape(cut, outer.append(size).append(size));
    }
}
