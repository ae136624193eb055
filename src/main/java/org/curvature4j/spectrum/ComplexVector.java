package org.curvature4j.spectrum;

/** A complex vector, as general eigenvectors are: normalised, and checked against its matrix. */
final class ComplexVector {

    private static final double TIE = 0.999;

    private final int length;
    private final double[] real;
    private final double[] imaginary;

    ComplexVector(int length) {
        this.length = length;
        real = new double[length];
        imaginary = new double[length];
    }

    /** Takes column k of [n, n, 2]. */
    void readColumn(double[] vectors, int k) {
        for (int i = 0; i < length; i++) {
            real[i] = vectors[2 * (i * length + k)];
            imaginary[i] = vectors[2 * (i * length + k) + 1];
        }
    }

    /** Puts the vector into column k of [n, n, 2]. */
    void writeColumn(double[] vectors, int k) {
        for (int i = 0; i < length; i++) {
            vectors[2 * (i * length + k)] = real[i] + 0.0;
            vectors[2 * (i * length + k) + 1] = imaginary[i] + 0.0;
        }
    }

    /** Divides by the norm and by the phase of the first component of nearly the largest magnitude. */
    void normalise() {
        double largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.hypot(real[i], imaginary[i]));
        }
        int leading = 0;
        while (Math.hypot(real[leading], imaginary[leading]) < TIE * largest) {
            leading++;
        }
        double magnitude = Math.hypot(real[leading], imaginary[leading]);
        double cosine = real[leading] / magnitude;
        double sine = imaginary[leading] / magnitude;
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double turned = (real[i] * cosine + imaginary[i] * sine) / largest;
            imaginary[i] = (imaginary[i] * cosine - real[i] * sine) / largest;
            real[i] = turned;
            sum += real[i] * real[i] + imaginary[i] * imaginary[i];
        }
        // By definition of the phase, not by rounding.
        imaginary[leading] = 0;
        double norm = Math.sqrt(sum);
        for (int i = 0; i < length; i++) {
            real[i] /= norm;
            imaginary[i] /= norm;
        }
    }

    /** The norm of A v - lambda v for a real, row-major A. */
    double residual(double[] matrix, double valueReal, double valueImaginary) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double re = valueImaginary * imaginary[i] - valueReal * real[i];
            double im = -valueReal * imaginary[i] - valueImaginary * real[i];
            for (int j = 0; j < length; j++) {
                re += matrix[i * length + j] * real[j];
                im += matrix[i * length + j] * imaginary[j];
            }
            sum += re * re + im * im;
        }
        return Math.sqrt(sum);
    }
}
