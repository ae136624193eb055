package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Elementwise;
import org.jspecify.annotations.Nullable;

/**
 * What values are elementwise products of, to see that two differ by a factor: {@code X'Y} is a symmetric matrix where Y is X
 * with its rows scaled.
 */
final class Factors {
    private final Map<Slot, Instruction> makers;

    /** @param makers of values; others are a factor each */
    Factors(Map<Slot, Instruction> makers) {
        this.makers = makers;
    }

    /**
     * How two values of one type differ.
     *
     * @param shape of both, as they were made
     * @param first factors that only the first has, which broadcast to the shape
     * @param second factors that only the second has
     */
    record Ratio(Shape shape, List<Slot> first, List<Slot> second) {
        /** Whether the values differ by factors that are the same all along some axes. */
        boolean isSameAlong(IntPredicate axes) {
            return isSameAlong(axes, first) && isSameAlong(axes, second);
        }

        private boolean isSameAlong(IntPredicate axes, List<Slot> factors) {
            return factors.stream().map(Slot::type).allMatch(type -> {
                boolean same = type.rank() == shape.rank();
                for (int axis = 0; axis < type.rank() && same; axis++) {
                    same = type.shape().dim(axis) == 1 || !axes.test(axis);
                }
                return same || type.size() == 1;
            });
        }
    }

    /** Null where the values weren't made in one shape. */
    @Nullable
    Ratio ratio(Slot a, Slot b) {
        Slot first = made(a);
        Slot second = made(b);
        if (!first.type().equals(second.type())) {
            return null;
        }
        List<Slot> of = new ArrayList<>();
        List<Slot> over = new ArrayList<>();
        addFactors(first, of);
        addFactors(second, over);
        List<Slot> only = new ArrayList<>();
        for (Slot factor : of) {
            if (!removed(factor, over)) {
                only.add(factor);
            }
        }
        return new Ratio(first.type().shape(), only, over);
    }

    private static boolean removed(Slot factor, List<Slot> from) {
        for (int i = 0; i < from.size(); i++) {
            if (from.get(i).isSame(factor)) {
                from.remove(i);
                return true;
            }
        }
        return false;
    }

    /** The value before its axes were split or joined. */
    private static Slot made(Slot slot) {
        return slot.type().size() == slot.root().type().size() ? slot.root() : slot;
    }

    private void addFactors(Slot value, List<Slot> factors) {
        Slot root = value.root();
        Instruction maker = made(value) == root ? makers.get(root) : null;
        if (maker == null
                || !maker.operation().equals(new Operation.Scalar(Elementwise.MUL))
                || maker.inputs().stream().anyMatch(operand -> seen(operand, value) == null)) {
            factors.add(value);
            return;
        }
        for (Slot operand : maker.inputs()) {
            addFactors(java.util.Objects.requireNonNull(seen(operand, value)), factors);
        }
    }

    /** An operand of what made a value, with the value's axes; null where it hasn't them all and they were split or joined. */
    private static @Nullable Slot seen(Slot operand, Slot value) {
        Shape made = value.root().type().shape();
        Shape shape = value.type().shape();
        if (operand.type().size() == 1 || shape.equals(made)) {
            return operand;
        }
        return operand.type().shape().equals(made) ? operand.inside(shape, 0) : null;
    }

    /** The number that a value is, one that is known when a plan is made; null for others. */
    static @Nullable Double number(Slot slot) {
        double[] constant = slot.constant();
        return constant != null && slot.type().size() == 1 ? Double.valueOf(constant[0]) : null;
    }
}
