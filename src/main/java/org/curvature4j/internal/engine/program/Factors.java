package org.curvature4j.internal.engine.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * @param shape of both, as they were made where that was in one shape
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

    /** Null where the values have neither one shape nor were made in one. */
    @Nullable
    Ratio ratio(Slot a, Slot b) {
        boolean alike = made(a).type().equals(made(b).type());
        Slot first = alike ? made(a) : a;
        Slot second = alike ? made(b) : b;
        if (!first.type().equals(second.type())) {
            return null;
        }
        List<Slot> over = factors(second);
        List<Slot> only = new ArrayList<>();
        for (Slot factor : factors(first)) {
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

    private List<Slot> factors(Slot product) {
        List<Slot> factors = new ArrayList<>();
        Deque<Slot> left = new ArrayDeque<>(List.of(product));
        while (!left.isEmpty()) {
            Slot value = left.pop();
            Instruction maker = made(value) == value.root() ? makers.get(value.root()) : null;
            List<Slot> operands = maker == null || !maker.operation().equals(new Operation.Scalar(Elementwise.MUL))
                    ? List.of()
                    : maker.inputs().stream()
                            .map(operand -> seen(operand, value))
                            .filter(Objects::nonNull)
                            .toList();
            if (operands.size() == 2) {
                operands.forEach(left::push);
            } else {
                factors.add(value);
            }
        }
        return factors;
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
