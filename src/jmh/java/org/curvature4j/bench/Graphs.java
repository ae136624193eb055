package org.curvature4j.bench;

import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The functions that have no model in the tutorial, as a user writes them in SameDiff. A row of x is a point. */
final class Graphs {
    private Graphs() {}

    /** y = tanh(Wx + b). */
    static TensorFunction tanhLayer(INDArray weights, INDArray bias) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, weights.size(1));
        layer(sd, x, sd.var("W", weights), sd.var("b", bias)).rename("y");
        return TensorFunction.of(sd, "y", "x");
    }

    /** The sum of y after so many operations, a multiple of 3, each three of which make y = tanh(xy + 0.1). */
    static SameDiff chain(int operations) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2);
        SDVariable last = x;
        for (int i = 0; i < operations / 3; i++) {
            last = sd.math().tanh(last.mul(x).add(0.1));
        }
        last.sum("y");
        return sd;
    }

    /** The sum of sin(sin(... x)), so many of them. */
    static SameDiff sines(int operations) {
        SameDiff sd = SameDiff.create();
        SDVariable last = sd.placeHolder("x", DataType.DOUBLE, 2);
        for (int i = 0; i < operations; i++) {
            last = sd.math().sin(last);
        }
        last.sum("y");
        return sd;
    }

    /** A net of two hidden tanh layers and one linear result w3'h, as a function of its input. */
    static TensorFunction netOfInput(InputFiles inputs) {
        SameDiff sd = SameDiff.create();
        INDArray first = inputs.array("W1");
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, first.size(1));
        SDVariable hidden = layer(sd, x, sd.var("W1", first), sd.var("b1", inputs.array("b1")));
        hidden = layer(sd, hidden, sd.var("W2", inputs.array("W2")), sd.var("b2", inputs.array("b2")));
        hidden.mul(sd.var("w3", inputs.array("w3"))).sum("y", true, 1);
        return TensorFunction.of(sd, "y", "x");
    }

    /**
     * The mean squared error of a net of one hidden tanh layer over all rows, as a function of theta: W1 row-major, b1, v,
     * c. The graph's variables have theta's numbers.
     */
    static TensorFunction squaredErrorOfParameters(InputFiles inputs) {
        INDArray rows = inputs.array("X");
        return squaredError(inputs)
                .feed("X", rows)
                .feed("Y", inputs.array("Y").reshape(rows.size(0), 1))
                .build();
    }

    /** The same of each row alone. */
    static TensorFunction squaredErrorOfExamples(InputFiles inputs) {
        return squaredError(inputs).perPoint("X", "Y").build();
    }

    private static FunctionBuilder squaredError(InputFiles inputs) {
        SameDiff sd = SameDiff.create();
        INDArray theta = inputs.array("theta");
        long width = inputs.array("X").size(1);
        long hidden = (theta.length() - 1) / (width + 2);
        Numbers numbers = new Numbers(theta);
        SDVariable x = sd.placeHolder("X", DataType.DOUBLE, -1, width);
        SDVariable labels = sd.placeHolder("Y", DataType.DOUBLE, -1, 1);
        SDVariable w1 = sd.var("W1", numbers.next(hidden, width));
        SDVariable b1 = sd.var("b1", numbers.next(hidden));
        SDVariable v = sd.var("v", numbers.next(hidden, 1));
        SDVariable c = sd.var("c", numbers.next(1));
        SDVariable error = layer(sd, x, w1, b1).mmul(v).add(c).sub(labels);
        error.mul(error).mean("loss");
        return TensorFunction.builder(sd).output("loss").withRespectTo("W1", "b1", "v", "c");
    }

    /**
     * The mean cross entropy of a softmax classifier with two hidden tanh layers over all rows, as a function of theta:
     * W1, b1, W2, b2, W3, b3, each row-major.
     *
     * @param widths of input, hidden layers and classes
     */
    static TensorFunction crossEntropyOfParameters(InputFiles inputs, int... widths) {
        SameDiff sd = crossEntropy(inputs, widths);
        return TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .feed("X", inputs.array("X"))
                .feed("Y", inputs.array("Y"))
                .build();
    }

    /** The same as a graph whose variables have theta's numbers; "loss" of the placeholders X and Y. */
    static SameDiff crossEntropy(InputFiles inputs, int... widths) {
        SameDiff sd = SameDiff.create();
        Numbers numbers = new Numbers(inputs.array("theta"));
        SDVariable h = sd.placeHolder("X", DataType.DOUBLE, -1, widths[0]);
        SDVariable labels = sd.placeHolder("Y", DataType.DOUBLE, -1, widths[widths.length - 1]);
        for (int i = 1; i < widths.length; i++) {
            SDVariable weights = sd.var("W" + i, numbers.next(widths[i], widths[i - 1]));
            SDVariable sums = sd.mmul(h, weights, false, true, false).add(sd.var("b" + i, numbers.next(widths[i])));
            h = i < widths.length - 1 ? sd.math().tanh(sums) : sums;
        }
        sd.loss().softmaxCrossEntropy("loss", labels, h, null);
        return sd;
    }

    private static SDVariable layer(SameDiff sd, SDVariable x, SDVariable weights, SDVariable bias) {
        return sd.math().tanh(sd.mmul(x, weights, false, true, false).add(bias));
    }

    /** Hands out a vector's numbers to one tensor after the other. */
    private static final class Numbers {
        private final INDArray vector;
        private long next;

        Numbers(INDArray vector) {
            this.vector = vector;
        }

        INDArray next(long... shape) {
            long size = 1;
            for (long one : shape) {
                size *= one;
            }
            INDArray part = vector.get(NDArrayIndex.interval(next, next + size));
            next += size;
            return part.dup('c').reshape(shape);
        }
    }
}
