package org.curvature4j.internal.engine.scalar;

import java.util.List;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;

/**
 * One number of a function at one point, as an expression of others. Made by {@link ScalarAlgebra}, which makes equals
 * one, so that identity is equality.
 */
public sealed interface Scalar {

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

    /** A computation. */
    final class Call implements Scalar {
        private final Kernel kernel;
        private final List<Scalar> operands;
        private final boolean logical;
        private final int order;

        Call(Kernel kernel, List<Scalar> operands, boolean logical, int order) {
            this.kernel = kernel;
            this.operands = operands;
            this.logical = logical;
            this.order = order;
        }

        public Kernel kernel() {
            return kernel;
        }

        public List<Scalar> operands() {
            return operands;
        }

        /** Whether it is a boolean. */
        public boolean logical() {
            return logical;
        }

        /** About how long it takes, in the time of an addition. */
        public double cost() {
            return kernel instanceof Elementwise elementwise ? elementwise.cost() : 1;
        }

        /** Position among all computations; operands come earlier. */
        public int order() {
            return order;
        }
    }

    /** Whether this is computed as a boolean; a known one is a number, 1 or 0. */
    static boolean isLogical(Scalar scalar) {
        return scalar instanceof Call call && call.logical();
    }
}
