package org.curvature4j.internal.study;

import org.curvature4j.data.Dataset;

/**
 * Directions in which the loss doesn't change at all, whatever the parameters, so that the Hessian has eigenvalues 0.
 *
 * @param deadPixels pixels that are 0 in all images
 * @param ofPixels one for each of their weights in the first layer
 * @param ofLogits a number added to all logits: one for each weight a logit has, and its bias
 */
record FlatDirections(int deadPixels, int ofPixels, int ofLogits) {
    static FlatDirections of(StudyOptions options, Dataset data) {
        double[] largest = data.features().max(0).toDoubleVector();
        int dead = 0;
        for (double pixel : largest) {
            dead += pixel == 0 ? 1 : 0;
        }
        int first = options.hidden().get(0);
        int last = options.hidden().get(options.hidden().size() - 1);
        return new FlatDirections(dead, dead * first, last + 1);
    }

    int count() {
        return ofPixels + ofLogits;
    }
}
