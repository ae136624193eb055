package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A sum whose brackets don't depend on who adds what. Summands, in their order, are shared out to at most {@link #GROUPS}
 * groups, which are added as the leaves of a binary tree: two neighbouring sums of 2^k groups each, the first of which
 * begins at a multiple of 2^(k+1), as soon as both are there, and what is left in the end from the right to the left. So
 * whoever has some groups in a row can add all of them that the tree has together.
 *
 * @param <T> holds a sum
 */
final class SumTree<T> {
    /** Enough for eight to share a sum evenly. */
    static final int GROUPS = 8;

    private final BiConsumer<T, T> adder;
    private final List<Block<T>> blocks = new ArrayList<>();

    /** The sum of some groups in a row. */
    record Block<T>(int from, int size, T sum) {
        private boolean joins(Block<T> next) {
            return size == next.size && from + size == next.from && from / size % 2 == 0;
        }
    }

    /** @param adder adds the second sum to the first; the second isn't used any more */
    SumTree(BiConsumer<T, T> adder) {
        this.adder = adder;
    }

    /** How many groups so many summands have, one at least. */
    static int groups(int summands) {
        return Math.max(1, Math.min(GROUPS, summands));
    }

    /** The group of a summand. */
    static int group(int summand, int summands) {
        return (int) ((long) summand * groups(summands) / summands);
    }

    /** Which of several that share the groups of so many summands has a group. */
    static int owner(int group, int summands, int owners) {
        return group * owners / groups(summands);
    }

    /** Adds what comes after all that is there. */
    void add(Block<T> block) {
        blocks.add(block);
        int last = blocks.size() - 1;
        while (last > 0 && blocks.get(last - 1).joins(blocks.get(last))) {
            join();
            last--;
        }
    }

    private void join() {
        Block<T> second = blocks.remove(blocks.size() - 1);
        Block<T> first = blocks.remove(blocks.size() - 1);
        adder.accept(first.sum, second.sum);
        blocks.add(new Block<>(first.from, first.size + second.size, first.sum));
    }

    /** What couldn't be added without the groups of others, in its order; forgotten here. */
    List<Block<T>> take() {
        List<Block<T>> all = List.copyOf(blocks);
        blocks.clear();
        return all;
    }

    /** The whole sum, once there is something of it; forgotten here. */
    T total() {
        while (blocks.size() > 1) {
            join();
        }
        return take().get(0).sum;
    }
}
