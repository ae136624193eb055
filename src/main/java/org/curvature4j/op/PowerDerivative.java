package org.curvature4j.op;

import static org.curvature4j.op.Comparison.AND;
import static org.curvature4j.op.Comparison.EQ;
import static org.curvature4j.op.Comparison.GE;
import static org.curvature4j.op.Comparison.GT;
import static org.curvature4j.op.Elementwise.ADD;
import static org.curvature4j.op.Elementwise.LOG;
import static org.curvature4j.op.Elementwise.MUL;
import static org.curvature4j.op.Elementwise.POW;
import static org.curvature4j.op.Elementwise.SUB;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * The derivative of x^p, taken {@code byBase} times by x and {@code byExponent} times by p. With n and k for the two and
 * (p)_n for p (p - 1) ... (p - n + 1), it is x^(p-n) times the sum over j of C(k, j) d^j (p)_n / dp^j log(x)^(k-j), by
 * Leibniz' rule. One more derivative is the next member of the family, so mixed derivatives are the same in either
 * order, and what guards a value against 0 * infinity can't reach a derivative of it.
 *
 * <p>At x = 0 a member is its limit from the right, infinite or not a number where that doesn't exist. Only the first
 * derivative by the exponent is 0 at x = p = 0, as in PyTorch.
 */
public record PowerDerivative(int byBase, int byExponent) implements ElementwiseOp {

    @Override
    public String name() {
        return "POWER_DERIVATIVE [" + byBase + ", " + byExponent + "]";
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public @Nullable Node partial(Ops ops, Node node, int operand) {
        PowerDerivative next = operand == 0
                ? new PowerDerivative(byBase + 1, byExponent)
                : new PowerDerivative(byBase, byExponent + 1);
        return ops.apply(next, node.operand(0), node.operand(1));
    }

    @Override
    public double cost() {
        return Elementwise.POW.cost();
    }

    @Override
    public boolean bends() {
        return true;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return Kinks.ofPower(ops, node.operand(0), node.operand(1));
    }

    @Override
    public Value lower(Kernels k, Node node, List<Value> operands) {
        Value x = operands.get(0);
        Value p = operands.get(1);
        Value zero = number(k, p, 0);
        Value power = byBase == 0 ? p : k.apply(SUB, p, number(k, p, byBase));
        if (byExponent == 0) {
            Value factor = falling(k, p);
            Value product = k.apply(MUL, factor, k.apply(POW, x, power));
            return k.select(k.test(EQ, factor, zero), zero, product);
        }
        // Where x^(p-n) is 0 it outweighs the logarithm, which then must not be infinite.
        boolean convention = byBase == 0 && byExponent == 1;
        Value vanishes = k.test(AND, k.test(EQ, x, zero), k.test(convention ? GE : GT, power, zero));
        Value logarithm = k.apply(LOG, k.select(vanishes, number(k, x, 1), x));
        return k.apply(MUL, k.apply(POW, x, power), sum(k, p, logarithm));
    }

    /** The sum in powers of the logarithm, by Horner's rule. */
    private Value sum(Kernels k, Value p, Value logarithm) {
        double[] polynomial = fallingCoefficients();
        Value sum = byBase == 0 ? logarithm : k.apply(MUL, falling(k, p), logarithm);
        double binomial = 1;
        for (int j = 1; j <= byExponent; j++) {
            sum = j == 1 ? sum : k.apply(MUL, sum, logarithm);
            polynomial = derivative(polynomial);
            binomial = binomial * (byExponent - j + 1) / j;
            Value coefficient = evaluate(k, p, polynomial, binomial);
            sum = coefficient == null ? sum : k.apply(ADD, sum, coefficient);
        }
        return sum;
    }

    /** (p)_n as a product, which doesn't cancel near its zeros. */
    private Value falling(Kernels k, Value p) {
        Value product = p;
        for (int i = 1; i < byBase; i++) {
            product = k.apply(MUL, product, k.apply(SUB, p, number(k, p, i)));
        }
        return product;
    }

    /** The coefficients of (p)_n, from the constant on. */
    private double[] fallingCoefficients() {
        double[] coefficients = {1};
        for (int i = 0; i < byBase; i++) {
            double[] next = new double[coefficients.length + 1];
            for (int j = 0; j < coefficients.length; j++) {
                next[j + 1] += coefficients[j];
                next[j] -= i * coefficients[j];
            }
            coefficients = next;
        }
        return coefficients;
    }

    private static double[] derivative(double[] polynomial) {
        double[] derivative = new double[Math.max(0, polynomial.length - 1)];
        for (int i = 0; i < derivative.length; i++) {
            derivative[i] = (i + 1) * polynomial[i + 1];
        }
        return derivative;
    }

    /** A multiple of a polynomial; null for the polynomial 0. */
    private static @Nullable Value evaluate(Kernels k, Value p, double[] polynomial, double factor) {
        Value value = null;
        for (int i = polynomial.length - 1; i >= 0; i--) {
            Value coefficient = number(k, p, factor * polynomial[i]);
            value = value == null ? coefficient : k.apply(ADD, k.apply(MUL, value, p), coefficient);
        }
        return value;
    }

    private static Value number(Kernels k, Value like, double value) {
        return k.constant(TensorType.of(like.type().dtype()), value);
    }
}
