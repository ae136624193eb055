package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;

/** Contractions by their axes' positions, as formulas for {@link Ops#einsum}. */
public final class Products {
    /** Letters for the axes of a stack; i, j and k are the matrices' own. */
    private static final String STACK = "abcdefgh";

    private Products() {}

    /**
     * The product of matrices, of stacks of them whose leading axes broadcast, or of a vector and either: a vector on
     * the left is a row, on the right a column, and its axis is gone from the result.
     */
    public static Node matmul(Ops o, Node a, Node b, boolean transposeA, boolean transposeB, boolean transposeResult) {
        if (a.shape().rank() == 0 || b.shape().rank() == 0) {
            throw new IllegalArgumentException(
                    "matmul: expected matrices or vectors, got " + a.type() + " and " + b.type());
        }
        boolean rowVector = a.shape().rank() == 1;
        boolean columnVector = b.shape().rank() == 1;
        long[] stack = commonStack(a, b);
        Factor left = factor(o, a, stack, rowVector ? "k" : transposeA ? "ki" : "ik");
        Factor right = factor(o, b, stack, columnVector ? "k" : transposeB ? "jk" : "kj");
        String rows = rowVector ? "" : "i";
        String columns = columnVector ? "" : "j";
        String result = STACK.substring(0, stack.length) + (transposeResult ? columns + rows : rows + columns);
        return o.einsum(left.labels + "," + right.labels + "->" + result, left.node, right.node);
    }

    /** An operand and a letter for each of its axes. */
    private record Factor(Node node, String labels) {}

    /** An axis of the stack that the other operand repeats is dropped: a contraction passes the other's through. */
    private static Factor factor(Ops o, Node x, long[] stack, String matrix) {
        int rank = x.shape().rank();
        int own = rank - matrix.length();
        StringBuilder labels = new StringBuilder();
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < own; axis++) {
            int position = stack.length - own + axis;
            if (x.shape().dim(axis) == stack[position]) {
                labels.append(STACK.charAt(position));
                dims.add(x.shape().dim(axis));
            } else if (x.shape().dim(axis) != 1) {
                throw new IllegalArgumentException("matmul: expected stacks of equal sizes or 1, got " + x.type()
                        + " in a stack of " + Arrays.toString(stack));
            }
        }
        for (int axis = own; axis < rank; axis++) {
            dims.add(x.shape().dim(axis));
        }
        Shape shape = Shape.of(dims.stream().mapToLong(dim -> dim).toArray());
        return new Factor(o.reshape(x, shape), labels + matrix);
    }

    private static long[] commonStack(Node a, Node b) {
        int depth = Math.max(0, Math.max(a.shape().rank(), b.shape().rank()) - 2);
        long[] stack = new long[depth];
        Arrays.fill(stack, 1);
        for (Node x : List.of(a, b)) {
            int own = Math.max(0, x.shape().rank() - 2);
            for (int axis = 0; axis < own; axis++) {
                int position = depth - own + axis;
                if (stack[position] == 1) {
                    stack[position] = x.shape().dim(axis);
                }
            }
        }
        return stack;
    }

    /** The sum over paired axes; the result has the left operand's other axes, then the right's. */
    public static Node tensordot(Ops o, Node x, Node y, List<Integer> leftAxes, List<Integer> rightAxes) {
        if (leftAxes.size() != rightAxes.size()) {
            throw new IllegalArgumentException(
                    "tensordot: expected as many left axes as right ones, got " + leftAxes + " and " + rightAxes);
        }
        char[] left = letters(x.shape(), 'a');
        char[] right = letters(y.shape(), (char) ('a' + left.length));
        for (int i = 0; i < leftAxes.size(); i++) {
            right[rightAxes.get(i)] = left[leftAxes.get(i)];
        }
        String result = others(left, leftAxes) + others(right, rightAxes);
        return o.einsum(new String(left) + "," + new String(right) + "->" + result, x, y);
    }

    /** Labels for so many axes, all different. */
    public static String labels(int count) {
        return new String(letters(Shape.ones(count), 'a'));
    }

    private static char[] letters(Shape shape, char first) {
        char[] letters = new char[shape.rank()];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) (first + i);
        }
        return letters;
    }

    private static String others(char[] letters, List<Integer> axes) {
        StringBuilder others = new StringBuilder();
        IntStream.range(0, letters.length)
                .filter(axis -> !axes.contains(axis))
                .forEach(axis -> others.append(letters[axis]));
        return others.toString();
    }
}
