package org.curvature4j.op;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;

/** Arithmetic of one floating type in a backend, in which functions are composed of many operations. */
record Formula(Kernels kernels, DType dtype) {

    static Formula of(Kernels kernels, Value x) {
        return new Formula(kernels, x.type().dtype());
    }

    Value of(double number) {
        return kernels.constant(TensorType.of(dtype), number);
    }

    Value add(Value a, Value b) {
        return kernels.apply(Elementwise.ADD, a, b);
    }

    Value add(Value a, double b) {
        return add(a, of(b));
    }

    Value sub(Value a, Value b) {
        return kernels.apply(Elementwise.SUB, a, b);
    }

    Value mul(Value a, Value b) {
        return kernels.apply(Elementwise.MUL, a, b);
    }

    Value mul(Value a, double b) {
        return mul(a, of(b));
    }

    Value div(Value a, Value b) {
        return kernels.apply(Elementwise.DIV, a, b);
    }

    Value div(Value a, double b) {
        return div(a, of(b));
    }

    /** c0 + c1 x + c2 x^2 + ... by Horner's scheme. */
    Value polynomial(Value x, double... coefficients) {
        Value sum = of(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = add(mul(sum, x), coefficients[i]);
        }
        return sum;
    }

    Value isLess(Value a, double b) {
        return kernels.test(Comparison.LT, a, of(b));
    }

    Value isEqual(Value a, double b) {
        return kernels.test(Comparison.EQ, a, of(b));
    }

    /** The distance to the nearest whole number, with its sign; not a number for infinity. */
    Value fraction(Value x) {
        return sub(x, kernels.apply(Elementwise.ROUND, x));
    }
}
