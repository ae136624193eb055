package org.curvature4j.internal.study;

import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.operator.Vectors;

/** How spaces of eigenvectors lie to each other and to a vector. */
final class Subspaces {
    private Subspaces() {}

    /**
     * The mean squared cosine of the principal angles between the spaces of the first eigenvectors: 1 where they are the
     * same space, count / n on average for random ones.
     */
    static double overlap(Eigenpairs one, Eigenpairs other, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double[] vector = one.vector(i);
            for (int j = 0; j < count; j++) {
                double cosine = Vectors.dot(vector, other.vector(j));
                sum += cosine * cosine;
            }
        }
        return sum / count;
    }

    /** The share of a vector's squared length that lies in the space of the first eigenvectors; 0 for a vector of zeros. */
    static double share(double[] vector, Eigenpairs pairs, int count) {
        double square = Vectors.dot(vector, vector);
        double inside = 0;
        for (int k = 0; k < count; k++) {
            double component = Vectors.dot(vector, pairs.vector(k));
            inside += component * component;
        }
        return square == 0 ? 0 : inside / square;
    }
}
