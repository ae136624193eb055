package org.curvature4j.samediff;

import java.io.File;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A program that knows ND4J and nothing of this library: loads a graph, computes y at x, prints it. */
public final class PlainNd4jProgram {
    private PlainNd4jProgram() {}

    /** Takes the file and the numbers of x. */
    public static void main(String[] arguments) {
        SameDiff graph = SameDiff.load(new File(arguments[0]), false);
        double[] x = new double[arguments.length - 1];
        for (int i = 0; i < x.length; i++) {
            x[i] = Double.parseDouble(arguments[i + 1]);
        }
        INDArray y = graph.output(Map.of("x", Nd4j.createFromArray(x)), "y").get("y");
        StringBuilder line = new StringBuilder("y:");
        DoubleStream.of(y.dup('c').data().asDouble())
                .forEach(value -> line.append(' ').append(value));
        System.out.println(line);
    }
}
