package org.curvature4j.training;

import java.util.Map;
import java.util.Objects;
import org.curvature4j.data.Dataset;
import org.curvature4j.data.Minibatches;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a net of {@link Mlp} does on a data set.
 *
 * @param loss the mean over its examples
 * @param accuracy the share of examples whose largest logit is that of their class; NaN for a regressor
 */
public record Score(double loss, double accuracy) {
    /** Rows at a time, which bounds the memory. */
    private static final int BATCH = 4096;

    /** Evaluates the net. */
    public static Score of(SameDiff net, Dataset data) {
        boolean classifier = net.hasVariable(Mlp.LOGITS);
        String output = classifier ? Mlp.LOGITS : Mlp.PREDICTION;
        double loss = 0;
        long right = 0;
        for (Map<String, INDArray> batch : Minibatches.of(data.feeding(Mlp.INPUT, Mlp.LABEL), BATCH)) {
            Map<String, INDArray> outputs = net.output(batch, Mlp.LOSS, output);
            loss += required(outputs, Mlp.LOSS).getDouble(0) * Minibatches.rows(batch);
            if (classifier) {
                right += agreeing(required(outputs, output), required(batch, Mlp.LABEL));
            }
        }
        return new Score(loss / data.rows(), classifier ? (double) right / data.rows() : Double.NaN);
    }

    private static INDArray required(Map<String, INDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    /** Rows whose largest numbers stand at the same place; the first where several are largest. */
    private static long agreeing(INDArray logits, INDArray labels) {
        double[][] guessed = logits.toDoubleMatrix();
        double[][] known = labels.dup('c').toDoubleMatrix();
        long right = 0;
        for (int row = 0; row < guessed.length; row++) {
            right += largest(guessed[row]) == largest(known[row]) ? 1 : 0;
        }
        return right;
    }

    private static int largest(double[] numbers) {
        int best = 0;
        for (int i = 1; i < numbers.length; i++) {
            best = numbers[i] > numbers[best] ? i : best;
        }
        return best;
    }
}
