package org.curvature4j.dl4j;

import java.util.Random;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network with what it is given and compared with.
 *
 * @param tolerance how far Deeplearning4j's own may be off, where its kernels have constants of single precision
 * @param gradient whether Deeplearning4j's gradient is that of its score when it isn't trained
 */
record NetworkCase(
        String name,
        Supplier<Model> net,
        Supplier<INDArray[]> inputs,
        Supplier<INDArray[]> labels,
        double tolerance,
        boolean gradient) {
    static final double EXACT = 1e-12;
    static final int EXAMPLES = 3;

    static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder().seed(3).dataType(DataType.DOUBLE);
    }

    /** Of three classes. */
    static Layer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Layers one after the other; sizes of the input without the examples'. */
    static NetworkCase layers(String name, InputType type, Labels labels, Layer... layers) {
        return new NetworkCase(
                name,
                () -> network(type, layers),
                () -> new INDArray[] {numbers(1, shape(type))},
                () -> new INDArray[] {labels.numbers()},
                EXACT,
                true);
    }

    static NetworkCase graph(
            String name, Supplier<ComputationGraphConfiguration> configuration, INDArray[] inputs, INDArray... labels) {
        return new NetworkCase(
                name, () -> filled(new ComputationGraph(configuration.get())), () -> inputs, () -> labels, EXACT, true);
    }

    NetworkCase within(double other) {
        return new NetworkCase(name, net, inputs, labels, other, gradient);
    }

    /** Of a network whose gradient is another in training. */
    NetworkCase withoutGradient() {
        return new NetworkCase(name, net, inputs, labels, tolerance, false);
    }

    NetworkCase given(INDArray... others) {
        return new NetworkCase(name, net, () -> others, labels, tolerance, gradient);
    }

    static Model network(InputType type, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = builder().list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        return filled(new MultiLayerNetwork(list.setInputType(type).build()));
    }

    /** With parameters none of which is 0, variances and such above 0. */
    static Model filled(Model network) {
        network.init();
        INDArray parameters = network.params();
        if (parameters == null || parameters.isEmpty()) {
            return network;
        }
        network.setParams(numbers(7, parameters.shape()).muli(0.7));
        network.paramTable().forEach((key, array) -> {
            if (key.endsWith("_var")) {
                network.setParam(key, array.mul(array).add(0.5));
            }
        });
        return network;
    }

    static INDArray numbers(long seed, long... shape) {
        INDArray numbers = Nd4j.create(DataType.DOUBLE, shape);
        Random random = new Random(seed);
        for (long i = 0; i < numbers.length(); i++) {
            numbers.putScalar(i, 2 * random.nextDouble() - 1);
        }
        return numbers;
    }

    static long[] shape(InputType type) {
        long[] shape = type.getShape(true).clone();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = shape[i] < 0 ? i == 0 ? EXAMPLES : 4 : shape[i];
        }
        return shape;
    }

    /** Kinds of labels. */
    @SuppressWarnings("ArrayRecordComponent") // read only
    record Labels(boolean areProbabilities, int axis, long... shape) {
        static Labels classes(long... shape) {
            return new Labels(true, 1, shape);
        }

        static Labels values(long... shape) {
            return new Labels(false, 1, shape);
        }

        INDArray numbers() {
            INDArray numbers = NetworkCase.numbers(5, shape);
            if (!areProbabilities) {
                return numbers;
            }
            INDArray positive = numbers.add(1.2);
            return positive.div(positive.sum(true, axis).broadcast(shape));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
