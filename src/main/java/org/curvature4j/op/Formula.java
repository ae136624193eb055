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

    Value sub(Value a, double b) {
        return sub(a, of(b));
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

    /** By repeated squares, for an exponent from 1 on. */
    Value pow(Value x, int exponent) {
        if (exponent == 1) {
            return x;
        }
        Value half = pow(x, exponent / 2);
        Value square = mul(half, half);
        return exponent % 2 == 0 ? square : mul(square, x);
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

    /** cot(pi x) of a fraction x; infinite at 0. */
    Value cotangent(Value fraction) {
        Value angle = mul(fraction, Math.PI);
        return div(kernels.apply(Elementwise.COS, angle), kernels.apply(Elementwise.SIN, angle));
    }
}
