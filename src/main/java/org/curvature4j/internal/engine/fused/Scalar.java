package org.curvature4j.internal.engine.fused;

import java.util.List;

/**
 * One number of a function at one point, as an expression of others. Made by {@link ScalarAlgebra}, which makes equals
 * one, so that identity is equality.
 */
sealed interface Scalar {

    /** A known number; a structural zero is one that a derivative rule made. */
    record Constant(double value, boolean structural) implements Scalar {
        boolean is(double other) {
            return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(other);
        }

        boolean isStructuralZero() {
            return structural && value == 0;
        }
    }

    /** A number of the point. */
    record Input(int index) implements Scalar {}

    /** A computation: Java code with %s for each operand. */
    final class Call implements Scalar {
        private final String code;
        private final List<Scalar> operands;
        private final boolean logical;
        private final int order;

        Call(String code, List<Scalar> operands, boolean logical, int order) {
            this.code = code;
            this.operands = operands;
            this.logical = logical;
            this.order = order;
        }

        String code() {
            return code;
        }

        List<Scalar> operands() {
            return operands;
        }

        boolean logical() {
            return logical;
        }

        /** About how long it takes, in the time of an addition: ten times as long where Java code calls a function. */
        double cost() {
            return code.contains("(") ? 10 : 1;
        }

        /** Position among all computations; operands come earlier. */
        int order() {
            return order;
        }
    }
}
