package org.curvature4j.op;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Functions to fifty digits and more, slowly, by other formulas than those that are measured by them. */
public final class HighPrecision {
    public static final MathContext DIGITS = new MathContext(60);

    /** Enough for reducing 1e9 to a small angle. */
    public static final MathContext MANY = new MathContext(90);

    public static final BigDecimal PI = pi(MANY);

    public static final BigDecimal LOG_2 = log(BigDecimal.valueOf(2));

    private static final List<BigDecimal> BERNOULLI = bernoulli(40);

    /** Where asymptotic series have sixty digits. */
    private static final BigDecimal FAR = BigDecimal.valueOf(60);

    private HighPrecision() {}

    /** A number to the digits that count. */
    public static BigDecimal of(double x) {
        return new BigDecimal(x, MANY);
    }

    /** An error in units of the last place of the true result. */
    public static double ulps(double actual, BigDecimal truth) {
        BigDecimal error = new BigDecimal(actual).subtract(truth).abs();
        return error.divide(new BigDecimal(Math.ulp(truth.doubleValue())), MathContext.DECIMAL64)
                .doubleValue();
    }

    public static BigDecimal exp(BigDecimal x) {
        BigDecimal small = x.divide(BigDecimal.valueOf(1 << 20), MANY);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = term;
        for (int k = 1; k < 28; k++) {
            term = term.multiply(small, MANY).divide(BigDecimal.valueOf(k), MANY);
            sum = sum.add(term, MANY);
        }
        for (int i = 0; i < 20; i++) {
            sum = sum.multiply(sum, MANY);
        }
        return sum;
    }

    /** Halley's iteration on the exponential, which triples the digits. */
    public static BigDecimal log(BigDecimal x) {
        BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
        for (int i = 0; i < 2; i++) {
            BigDecimal e = exp(y);
            BigDecimal step = x.subtract(e).divide(x.add(e), MANY);
            y = y.add(step.add(step), MANY);
        }
        return y;
    }

    public static BigDecimal sin(BigDecimal x) {
        BigDecimal turn = PI.add(PI);
        BigDecimal r = x.subtract(
                turn.multiply(new BigDecimal(Math.round(x.divide(turn, MANY).doubleValue()))));
        BigDecimal term = r;
        BigDecimal sum = r;
        for (int k = 2; k < 84; k += 2) {
            term = term.multiply(r, MANY).multiply(r, MANY).divide(BigDecimal.valueOf(-k * (k + 1L)), MANY);
            sum = sum.add(term, MANY);
        }
        return sum;
    }

    public static BigDecimal cos(BigDecimal x) {
        return sin(x.add(PI.divide(BigDecimal.valueOf(2), MANY)));
    }

    /** The derivative of an order of the digamma function: DLMF 5.5.2 and 5.15.8, of order 0 5.11.2. */
    public static BigDecimal polygamma(int order, BigDecimal x) {
        int s = order + 1;
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal place = x;
        for (; place.compareTo(FAR) < 0; place = place.add(BigDecimal.ONE)) {
            sum = sum.add(BigDecimal.ONE.divide(place.pow(s, DIGITS), DIGITS));
        }
        BigDecimal power = BigDecimal.ONE.divide(place.pow(order, DIGITS), DIGITS);
        sum = order == 0 ? sum.subtract(log(place)) : sum.add(power.divide(BigDecimal.valueOf(order), DIGITS));
        sum = sum.add(power.divide(place.add(place), DIGITS));
        BigDecimal factor = power.divide(place.multiply(place, DIGITS), DIGITS);
        for (int k = 1; k < 40; k++) {
            BigDecimal rising = BigDecimal.ONE;
            for (int i = 1; i < order; i++) {
                rising = rising.multiply(BigDecimal.valueOf(2L * k + i));
            }
            BigDecimal over = order == 0 ? BigDecimal.valueOf(2L * k) : factorial(order);
            sum = sum.add(BERNOULLI.get(k).multiply(rising).multiply(factor).divide(over, DIGITS));
            factor = factor.divide(place.multiply(place, DIGITS), DIGITS);
        }
        return sum.multiply(factorial(order)).multiply(BigDecimal.valueOf(order % 2 == 0 ? -1 : 1));
    }

    /** The logarithm of the gamma function of a positive number, by Stirling's series: DLMF 5.11.1. */
    public static BigDecimal logGamma(BigDecimal x) {
        BigDecimal product = BigDecimal.ONE;
        BigDecimal place = x;
        for (; place.compareTo(FAR) < 0; place = place.add(BigDecimal.ONE)) {
            product = product.multiply(place, MANY);
        }
        BigDecimal half = BigDecimal.valueOf(0.5);
        BigDecimal sum = place.subtract(half).multiply(log(place)).subtract(place);
        sum = sum.add(log(PI.add(PI)).multiply(half)).subtract(log(product));
        BigDecimal power = place;
        for (int k = 1; k < 40; k++) {
            BigDecimal over = power.multiply(BigDecimal.valueOf(2L * k * (2 * k - 1)));
            sum = sum.add(BERNOULLI.get(k).divide(over, MANY));
            power = power.multiply(place, MANY).multiply(place, MANY);
        }
        return sum;
    }

    private static BigDecimal factorial(int n) {
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return new BigDecimal(product);
    }

    /** Of even index: sum of binomial(n + 1, j) B_j over j up to n is 0. */
    private static List<BigDecimal> bernoulli(int count) {
        MathContext digits = new MathContext(150);
        List<BigDecimal> all = new ArrayList<>();
        List<BigDecimal> even = new ArrayList<>();
        for (int n = 0; n < 2 * count; n++) {
            BigDecimal sum = BigDecimal.ZERO;
            BigInteger binomial = BigInteger.ONE;
            for (int j = 0; j < n; j++) {
                sum = sum.add(all.get(j).multiply(new BigDecimal(binomial)), digits);
                binomial = binomial.multiply(BigInteger.valueOf(n + 1L - j)).divide(BigInteger.valueOf(j + 1L));
            }
            all.add(n == 0 ? BigDecimal.ONE : sum.negate().divide(BigDecimal.valueOf(n + 1L), digits));
            if (n % 2 == 0) {
                even.add(all.get(n));
            }
        }
        return even;
    }

    /** Machin's formula. */
    public static BigDecimal pi(MathContext digits) {
        return arctanOfReciprocal(5, digits)
                .multiply(BigDecimal.valueOf(16))
                .subtract(arctanOfReciprocal(239, digits).multiply(BigDecimal.valueOf(4)), digits);
    }

    private static BigDecimal arctanOfReciprocal(int n, MathContext digits) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), digits);
        BigDecimal sum = power;
        for (int k = 3; magnitude(power) > -digits.getPrecision(); k += 2) {
            power = power.divide(BigDecimal.valueOf(-(long) n * n), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(k), digits), digits);
        }
        return sum;
    }

    public static int magnitude(BigDecimal number) {
        return number.precision() - number.scale();
    }
}
