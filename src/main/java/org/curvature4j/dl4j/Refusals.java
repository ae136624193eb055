package org.curvature4j.dl4j;

import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;

/** Why a layer isn't taken over, where there is more to say than that no rule is there. */
final class Refusals {
    private Refusals() {}

    /** In brackets; empty where there is nothing to say. */
    static String reason(Layer layer) {
        if (layer instanceof AbstractSameDiffLayer) {
            return " (a layer of SameDiff's: its graph is made by its own code; use that graph by itself)";
        } else if (layer instanceof MaskLayer || layer instanceof MaskZeroLayer) {
            return " (masks aren't supported: cut sequences to their lengths)";
        } else if (layer instanceof CenterLossOutputLayer || layer instanceof Yolo2OutputLayer) {
            return " (its loss is more than a sum over rows of outputs)";
        } else if (layer instanceof VariationalAutoencoder) {
            return " (it is trained on its own, by random numbers)";
        }
        return layer.getClass().getName().startsWith("org.deeplearning4j.") ? "" : " (a class of your own)";
    }
}
