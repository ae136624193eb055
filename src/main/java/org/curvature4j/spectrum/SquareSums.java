package org.curvature4j.spectrum;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Roots of sums of squares over a range of rows, the same bits however the range was cut into parts: rows are added two by
 * two, then pairs, then fours, as their indices say, and not as they come. Right also where squares would overflow or vanish:
 * large, middling and small numbers are added up apart, the outer ones scaled (J. L. Blue: A portable Fortran program to find
 * the Euclidean norm of a vector, ACM Transactions on Mathematical Software 4, 1978).
 */
final class SquareSums {
    private static final double SMALL = 0x1p-500;
    private static final double LARGE = 0x1p450;
    private static final double SCALE = 0x1p600;

    /** Middling, small and large numbers. */
    private static final int KINDS = 3;

    private final int size;
    /** Of the range from its start, each as large as its place allows: at most two of a size. */
    private final ArrayDeque<Node> nodes = new ArrayDeque<>();

    private final ArrayDeque<double[]> spare = new ArrayDeque<>();

    /** The sums over 2^level rows whose first index is a multiple of that. */
    private static final class Node {
        private final long start;
        private final int level;
        /** Of middling numbers by place; of small and large ones behind them where there are any. */
        private final double[] sums;

        Node(long start, int level, double[] sums) {
            this.start = start;
            this.level = level;
            this.sums = sums;
        }

        boolean isHalfWith(Node next) {
            return level == next.level && (start & ((2L << level) - 1)) == 0;
        }
    }

    SquareSums(int size) {
        this.size = size;
    }

    /** Adds a row of numbers; rows come in the order of their indices, without a gap. */
    void add(long index, double[] numbers, int offset) {
        double[] squares = spare.isEmpty() ? new double[size] : spare.pop();
        for (int place = 0; place < size; place++) {
            double magnitude = Math.abs(numbers[offset + place]);
            if ((magnitude >= SMALL && magnitude <= LARGE) || magnitude == 0) {
                squares[place] = magnitude * magnitude;
            } else {
                squares = squares.length == size ? Arrays.copyOf(squares, KINDS * size) : squares;
                squares[place] = 0;
                double scaled = magnitude < SMALL ? magnitude * SCALE : magnitude / SCALE;
                squares[(magnitude < SMALL ? 1 : 2) * size + place] = scaled * scaled;
            }
        }
        push(new Node(index, 0, squares));
    }

    /** Adds the sums over the rows that follow. */
    void append(SquareSums following) {
        following.nodes.forEach(node -> push(new Node(node.start, node.level, node.sums.clone())));
    }

    private void push(Node node) {
        Node last = node;
        while (!nodes.isEmpty() && nodes.getLast().isHalfWith(last)) {
            Node before = nodes.removeLast();
            double[] sum = sum(before.sums, last.sums);
            if (last.sums.length == size && last.sums != sum) {
                spare.push(last.sums);
            }
            last = new Node(before.start, before.level + 1, sum);
        }
        nodes.addLast(last);
    }

    /** In the place of the longer one. */
    private static double[] sum(double[] one, double[] other) {
        double[] longer = one.length >= other.length ? one : other;
        double[] shorter = longer == one ? other : one;
        for (int i = 0; i < shorter.length; i++) {
            longer[i] += shorter[i];
        }
        return longer;
    }

    /** By place, the root of the sum divided by a count. */
    double[] roots(long count) {
        double[] total = new double[KINDS * size];
        nodes.forEach(node -> sum(total, node.sums));
        double[] roots = new double[size];
        for (int place = 0; place < size; place++) {
            roots[place] = root(total[place], total[size + place], total[2 * size + place], count);
        }
        return roots;
    }

    private static double root(double middle, double small, double large, long count) {
        double some = Math.sqrt(middle / count);
        if (small == 0 && large == 0) {
            return some;
        }
        double below = Math.sqrt(small / count) / SCALE;
        double above = Math.sqrt(large / count) * SCALE;
        return Math.hypot(Math.hypot(below, some), above);
    }

    /** Adds all that this knows: of each node its level, how many sums it has, and their bits. */
    void writeTo(StateWriter state) {
        state.add(nodes.size());
        for (Node node : nodes) {
            state.add(node.level);
            state.add(node.sums.length);
            state.addAll(node.sums);
        }
    }

    /** What {@link #writeTo} wrote, of a range from an index on. */
    static SquareSums read(StateReader state, int size, long first, long count) {
        SquareSums sums = new SquareSums(size);
        long start = first;
        for (long left = state.count(); left > 0; left--) {
            int level = (int) state.next(0, Long.SIZE - 2);
            long length = state.next(size, (long) KINDS * size);
            state.require((length == size || length == (long) KINDS * size) && (start & ((1L << level) - 1)) == 0);
            sums.nodes.addLast(new Node(start, level, state.doubles((int) length)));
            start += 1L << level;
        }
        state.require(start == first + count);
        return sums;
    }
}
