package org.curvature4j.spectrum;

/**
 * {@link LaneHouseholder} for one thread of a device and one matrix: the same operations in the same order, without what
 * only vectors need.
 */
final class HouseholderKernel {

    private static final double NEGLIGIBLE_SQUARE = LaneHouseholder.NEGLIGIBLE_SQUARE;

    private HouseholderKernel() {}

    /**
     * Makes a matrix tridiagonal.
     *
     * @param entries its lower triangle, row after row; overwritten
     * @param products memory for a number a row
     * @param diagonal takes the diagonal
     * @param squares takes the square beside each entry of the diagonal but the last
     */
    static void reduce(double[] entries, double[] products, double[] diagonal, double[] squares, int order) {
        for (int k = 0; k < order - 2; k++) {
            squares[k] = reflect(entries, products, k, order);
        }
        for (int k = 0; k < order; k++) {
            diagonal[k] = entries[place(k, k)];
        }
        double beside = entries[place(order - 1, order - 2)];
        squares[order - 2] = beside * beside;
    }

    private static int place(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    /** Reflects a column and updates what is right of it; returns the square beside the diagonal. */
    private static double reflect(double[] entries, double[] products, int k, int order) {
        double rest = 0;
        for (int i = k + 2; i < order; i++) {
            double entry = entries[place(i, k)];
            rest += entry * entry;
        }
        double first = entries[place(k + 1, k)];
        double total = rest + first * first;
        double norm = Math.sqrt(total);
        boolean reflected = rest >= NEGLIGIBLE_SQUARE;
        double factor = reflected ? 1 / (total + Math.abs(first) * norm) : 0;
        entries[place(k + 1, k)] = first + Math.copySign(norm, first);
        multiply(entries, products, factor, k, order);
        for (int i = k + 1; i < order; i++) {
            double v = entries[place(i, k)];
            double w = products[i];
            for (int j = k + 1; j <= i; j++) {
                entries[place(i, j)] -= v * products[j] + w * entries[place(j, k)];
            }
        }
        return reflected ? total : first * first;
    }

    /** w = f A v - (f v' f A v / 2) v into the products. */
    private static void multiply(double[] entries, double[] products, double factor, int k, int order) {
        for (int i = k + 1; i < order; i++) {
            double v = entries[place(i, k)];
            double product = entries[place(i, i)] * v;
            for (int j = k + 1; j < i; j++) {
                double entry = entries[place(i, j)];
                product += entry * entries[place(j, k)];
                products[j] += entry * v;
            }
            products[i] = product;
        }
        double sum = 0;
        for (int i = k + 1; i < order; i++) {
            sum += products[i] * entries[place(i, k)];
        }
        sum = 0.5 * (sum * factor) * factor;
        for (int i = k + 1; i < order; i++) {
            products[i] = factor * products[i] - sum * entries[place(i, k)];
        }
    }
}
