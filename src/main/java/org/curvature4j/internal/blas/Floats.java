package org.curvature4j.internal.blas;

/** Arrays of float32 and float64 made of each other. */
public final class Floats {
    private Floats() {}

    /** Each number rounded. */
    public static float[] narrow(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) numbers[i];
        }
        return narrow;
    }

    /** The same numbers. */
    public static double[] wide(float[] numbers) {
        double[] wide = new double[numbers.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = numbers[i];
        }
        return wide;
    }
}
