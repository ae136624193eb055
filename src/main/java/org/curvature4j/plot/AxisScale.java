package org.curvature4j.plot;

/** How the values of an axis become places along it, and what the labels at its ticks count. */
sealed interface AxisScale {

    /** An increasing function whose result is proportional to the distance along the axis. */
    double place(double value);

    /**
     * Evenly divided.
     *
     * @param power the labels count in units of this power of ten, which the axis' title tells
     * @param whole whether only whole numbers mean something
     */
    record Linear(int power, boolean whole) implements AxisScale {
        @Override
        public double place(double value) {
            // Halved, so that the distance between the ends of a range near the largest double stays finite.
            return value / 2;
        }
    }

    /** Evenly divided; item 0 lies at 1. */
    record Counting() implements AxisScale {
        @Override
        public double place(double value) {
            return value;
        }
    }

    /** Evenly divided, the labels being names. */
    record Named() implements AxisScale {
        @Override
        public double place(double value) {
            return value;
        }
    }

    /** Logarithmic, of positive values. */
    record Logarithmic() implements AxisScale {
        @Override
        public double place(double value) {
            return Math.log10(value);
        }
    }

    /** Linear within 10^{@code exponent} of zero and logarithmic beyond, a decade as long as the linear part of one sign. */
    record SymmetricLog(int exponent) implements AxisScale {
        @Override
        public double place(double value) {
            double size = Math.abs(value) / Math.pow(10, exponent);
            return Math.copySign(size < 1 ? size : 1 + Math.log10(size), value);
        }
    }
}
