package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In which order several tensors are multiplied, two at a time, with least work: by dynamic programming over all subsets,
 * as in Pfeifer, Haegeman and Verstraete, "Faster identification of optimal contraction sequences for tensor networks",
 * 2014. The order depends on which axes the tensors share and on their sizes alone, so it is found once for all products
 * alike: a deep graph has a few kinds of them, and thousands of each.
 */
final class ContractionOrder {
    /** Elements of a product of constants, 8 MiB, that each thread may keep. */
    private static final long LARGEST_CONSTANT = 1 << 20;

    /** Orders that are remembered: more kinds than one function has, in a few megabytes. */
    private static final int REMEMBERED = 2048;

    private static final Map<Kind, int[]> KNOWN = new ConcurrentHashMap<>();

    /**
     * What an order depends on, axes by number.
     *
     * @param factors each tensor's axes
     * @param wanted the result's
     * @param sizes one an axis
     * @param fixed for each tensor, whether it is the same at every point
     */
    private record Kind(List<List<Integer>> factors, List<Integer> wanted, List<Long> sizes, List<Boolean> fixed) {
        static Kind of(List<Factor> factors, List<Axis> wanted) {
            Map<Axis, Integer> numbers = new HashMap<>();
            List<Long> sizes = new ArrayList<>();
            List<List<Integer>> axes = new ArrayList<>();
            factors.forEach(factor -> axes.add(numbered(factor.axes(), numbers, sizes)));
            List<Boolean> fixed = factors.stream().map(Factor::isConstant).toList();
            return new Kind(axes, numbered(wanted, numbers, sizes), sizes, fixed);
        }

        private static List<Integer> numbered(List<Axis> axes, Map<Axis, Integer> numbers, List<Long> sizes) {
            List<Integer> numbered = new ArrayList<>();
            for (Axis axis : axes) {
                Integer number = numbers.get(axis);
                if (number == null) {
                    number = sizes.size();
                    numbers.put(axis, number);
                    sizes.add(axis.size());
                }
                numbered.add(number);
            }
            return numbered;
        }
    }

    private final Kind kind;
    private final List<Set<Integer>> axes = new ArrayList<>();
    private final double[] sizes;
    private final boolean[] constant;
    private final double[] least;
    private final int[] split;

    private ContractionOrder(Kind kind) {
        this.kind = kind;
        int subsets = 1 << kind.factors().size();
        this.sizes = new double[subsets];
        this.constant = new boolean[subsets];
        this.least = new double[subsets];
        this.split = new int[subsets];
        for (int subset = 0; subset < subsets; subset++) {
            axes.add(remaining(subset));
            sizes[subset] = size(axes.get(subset));
            constant[subset] = isConstant(subset);
            if (Integer.bitCount(subset) > 1) {
                choose(subset);
            }
        }
    }

    /**
     * For each subset of the factors, as the bits of its index, the part of it that is multiplied first and then by the
     * rest; 0 for a single factor.
     */
    static int[] of(List<Factor> factors, List<Axis> wanted) {
        Kind kind = Kind.of(factors, wanted);
        int[] known = KNOWN.get(kind);
        if (known == null) {
            if (KNOWN.size() >= REMEMBERED) {
                KNOWN.clear();
            }
            // The order alone: what it was found by is larger a hundred times.
            known = new ContractionOrder(kind).split;
            KNOWN.put(kind, known);
        }
        return known;
    }

    private void choose(int subset) {
        least[subset] = Double.POSITIVE_INFINITY;
        int lowest = Integer.lowestOneBit(subset);
        for (int part = (subset - 1) & subset; part > 0; part = (part - 1) & subset) {
            if ((part & lowest) != 0) {
                int rest = subset & ~part;
                double work = least[part] + least[rest];
                // A sum is no smaller than its parts, so most splits need no closer look.
                if (work <= least[subset]) {
                    work += constant[subset] ? 0 : workOf(part, rest, subset);
                }
                if (work < least[subset]
                        || (work == least[subset]
                                && changes(part, rest) < changes(split[subset], subset & ~split[subset]))) {
                    least[subset] = work;
                    split[subset] = part;
                }
            }
        }
    }

    /**
     * How often the wanted axes, in their order, change from one factor of a product to the other: after one change at most
     * the product has its axes in that order, after more it has to be permuted.
     */
    private int changes(int part, int rest) {
        int changes = 0;
        int last = 0;
        for (int axis : kind.wanted()) {
            boolean left = axes.get(part).contains(axis);
            if (left != axes.get(rest).contains(axis)) {
                int side = left ? 1 : 2;
                changes += last != 0 && last != side ? 1 : 0;
                last = side;
            }
        }
        return changes;
    }

    private double workOf(int part, int rest, int result) {
        Set<Integer> left = axes.get(part);
        Set<Integer> right = axes.get(rest);
        double all = sizes[part];
        for (int axis : right) {
            all *= left.contains(axis) ? 1 : kind.sizes().get(axis);
        }
        boolean common = axes.get(result).stream().anyMatch(axis -> left.contains(axis) && right.contains(axis));
        return Work.ofProduct(all, sizes[result], common);
    }

    private double size(Set<Integer> numbers) {
        double size = 1;
        for (int axis : numbers) {
            size *= kind.sizes().get(axis);
        }
        return size;
    }

    /** Computed once, and so small that it may be. */
    private boolean isConstant(int subset) {
        for (int i = 0; i < kind.factors().size(); i++) {
            if ((subset >> i & 1) != 0
                    && (sizes[subset] > LARGEST_CONSTANT || !kind.fixed().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What is left of a subset's axes once it is multiplied: what others or the result need. */
    private Set<Integer> remaining(int subset) {
        Set<Integer> own = new LinkedHashSet<>();
        Set<Integer> needed = new LinkedHashSet<>(kind.wanted());
        for (int i = 0; i < kind.factors().size(); i++) {
            ((subset >> i & 1) != 0 ? own : needed).addAll(kind.factors().get(i));
        }
        own.retainAll(needed);
        return own;
    }
}
