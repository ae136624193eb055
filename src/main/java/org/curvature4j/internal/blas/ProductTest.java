package org.curvature4j.internal.blas;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Products whose results are known, before the first that isn't: of small integers, so that every sum is exact in either
 * type and in any order, and a right library is right to the last bit. A plain product is compared through its product
 * with a vector, which costs a hundredth of it.
 *
 * <p>A library that fails is refused: the engines, ND4J's own operations and training all rest on it.
 */
public final class ProductTest {
    private static final int SMALL = 8;
    private static final int MEDIUM = 200;
    private static final int ROWS = 256;
    private static final int INNER = 784;
    private static final int COLUMNS = 512;

    private static boolean passed;

    private final Products products;
    private final Map<String, Double> errors = new LinkedHashMap<>();

    private ProductTest(Products products) {
        this.products = products;
    }

    /**
     * Runs the test once a process.
     *
     * @throws IllegalStateException naming the first product that is wrong
     */
    public static synchronized void requireRight() {
        if (!passed) {
            requireRight(run());
            passed = true;
        }
    }

    static void requireRight(Map<String, Double> errors) {
        errors.forEach((product, error) -> {
            if (!(error == 0)) {
                throw new IllegalStateException("OpenBLAS: expected exact products of small integers, got "
                        + product + " off by " + error + " ("
                        + OpenBlas.describe().replace("\n", "; ")
                        + ": this library computes wrong here; " + CoreChoice.remedy() + ")");
            }
        });
    }

    /** How far each product is off, by name; 0 for each in a right library. Takes hold of its threads. */
    @SuppressWarnings("try") // held, not used
    public static Map<String, Double> run() {
        try (BlasThreads held = BlasThreads.single()) {
            return run(new Products.Native());
        }
    }

    static Map<String, Double> run(Products products) {
        ProductTest test = new ProductTest(products);
        test.triangular(false);
        test.triangular(true);
        test.plain(MEDIUM, MEDIUM, MEDIUM);
        test.plain(ROWS, INNER, COLUMNS);
        return test.errors;
    }

    private void triangular(boolean inverse) {
        double[] triangle = new double[SMALL * SMALL];
        double[] before = integers(SMALL * SMALL, 1);
        for (int i = 0; i < SMALL; i++) {
            for (int j = 0; j < i; j++) {
                triangle[i * SMALL + j] = (i + 2 * j) % 3 - 1.0;
            }
            triangle[i * SMALL + i] = 1;
        }
        double[] product = new double[SMALL * SMALL];
        for (int i = 0; i < SMALL; i++) {
            for (int j = 0; j < SMALL; j++) {
                for (int k = 0; k <= i; k++) {
                    product[i * SMALL + j] += triangle[i * SMALL + k] * before[k * SMALL + j];
                }
            }
        }
        double[] given = inverse ? product : before;
        double[] expected = inverse ? before : product;
        double[] wide = given.clone();
        products.triangular(inverse, SMALL, triangle, wide);
        float[] narrow = Floats.narrow(given);
        products.triangular(inverse, SMALL, Floats.narrow(triangle), narrow);
        String name = inverse ? "trsm " + SMALL : "trmm " + SMALL;
        errors.put("d" + name, difference(wide, expected));
        errors.put("s" + name, difference(Floats.wide(narrow), expected));
    }

    private void plain(int m, int k, int n) {
        double[] a = integers(m * k, 3);
        double[] b = integers(k * n, 5);
        double[] probe = integers(n, 7);
        for (int j = 0; j < n; j++) {
            // Never 0: each column counts.
            probe[j] += 9;
        }
        double[] expected = times(a, times(b, probe, k, n), m, k);
        String name = "gemm " + m + "x" + k + "x" + n;
        double[] wide = new double[m * n];
        products.multiply(m, k, n, a, b, wide);
        errors.put("d" + name, difference(times(wide, probe, m, n), expected));
        float[] narrow = new float[m * n];
        products.multiply(m, k, n, Floats.narrow(a), Floats.narrow(b), narrow);
        errors.put("s" + name, difference(times(Floats.wide(narrow), probe, m, n), expected));
    }

    /** From -8 to 8, without a pattern that a wrong block size would respect. */
    private static double[] integers(int count, int seed) {
        double[] integers = new double[count];
        int state = seed;
        for (int i = 0; i < count; i++) {
            state = state * 1_103_515_245 + 12_345;
            integers[i] = (state >>> 16) % 17 - 8;
        }
        return integers;
    }

    private static double[] times(double[] matrix, double[] vector, int rows, int columns) {
        double[] product = new double[rows];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += matrix[i * columns + j] * vector[j];
            }
            product[i] = sum;
        }
        return product;
    }

    private static double difference(double[] found, double[] expected) {
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            // NaN stays NaN.
            largest = Math.max(largest, Math.abs(found[i] - expected[i]));
        }
        return largest;
    }
}
