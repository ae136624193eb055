package org.curvature4j.curvature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.Block;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Sandwich.Middle;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The graphs of a loss and of its curvature, for minibatches of given shapes. The inputs of each are the parameters as one
 * vector, the fed placeholders in their order, further ones where it says so, and the vector to be multiplied.
 *
 * @param blocks the parameters, in the order in which they make up the point
 */
record LossGraphs(SameDiff sd, String loss, List<Block> blocks, ImportRules rules) {

    /** The loss, [1], in the parameters. */
    Graph loss(Map<String, Shape> fed) {
        return inParameters(loss, fed);
    }

    /** A variable on the way to the loss, flattened, in the parameters. */
    Graph outputs(String output, Map<String, Shape> fed) {
        return inParameters(output, fed);
    }

    /** The gradient of the loss. */
    Graph gradient(Map<String, Shape> fed) {
        return Derivatives.gradient(loss(fed));
    }

    /** The Hessian of the loss times a vector. */
    Graph hessian(Map<String, Shape> fed) {
        return Derivatives.hessianVectorProduct(loss(fed));
    }

    /** The Jacobian of a variable on the way to the loss, flattened, times a vector. */
    Graph jacobian(String output, Map<String, Shape> fed) {
        return Derivatives.directional(inParameters(output, fed));
    }

    /** A vector times that Jacobian. */
    Graph adjointJacobian(String output, Map<String, Shape> fed) {
        return Vjp.of(inParameters(output, fed), List.of(0));
    }

    /** J'HJ, H being the Hessian of the loss in the outputs. */
    Graph gaussNewton(String output, Map<String, Shape> fed) {
        return sandwich(output, fed, List.of(), ProductGraphs.hessianOf(lossOf(output, fed)));
    }

    /** The mean of J'FJ over rows of outputs. */
    Graph fisher(String output, Likelihood likelihood, Map<String, Shape> fed) {
        return sandwich(
                output,
                fed,
                List.of(),
                Fishers.exact(likelihood, 1.0 / rowsOf(output, fed).dim(0)));
    }

    /** The mean of g g' over examples, g being the gradient of one example's loss. */
    Graph empiricalFisher(String output, Reduction reduction, Map<String, Shape> fed) {
        long examples = shapeOf(output, fed).dim(0);
        double factor = reduction == Reduction.MEAN ? examples : 1;
        return sandwich(
                output,
                fed,
                List.of(),
                ProductGraphs.outerProducts(lossOf(output, fed), examples, factor, 1.0 / examples));
    }

    /** The mean over rows and draws of J's s'J, s being the score of a drawn target; further input: {@link #random}. */
    Graph monteCarloFisher(String output, Likelihood likelihood, int draws, Map<String, Shape> fed) {
        double weight = 1.0 / rowsOf(output, fed).dim(0);
        return sandwich(
                output,
                fed,
                List.of(random(output, likelihood, draws, fed)),
                Fishers.sampled(likelihood, draws, weight));
    }

    /** The random numbers that draws for a batch are made of. */
    TensorType random(String output, Likelihood likelihood, int draws, Map<String, Shape> fed) {
        return Fishers.random(
                likelihood,
                draws,
                rowsOf(output, fed),
                loss(fed).inputs().get(0).dtype());
    }

    private Graph sandwich(String output, Map<String, Shape> fed, List<TensorType> random, Middle middle) {
        return ProductGraphs.sandwich(inParameters(output, fed), shapeOf(output, fed), random, middle);
    }

    private Shape rowsOf(String output, Map<String, Shape> fed) {
        return ProductGraphs.rowsOf(shapeOf(output, fed));
    }

    /** The loss in a variable on the way to it, flattened; whatever else it depends on stays as it is. */
    private Graph lossOf(String output, Map<String, Shape> fed) {
        return Flatten.of(imported(loss, Map.of(output, shapeOf(output, fed)), fed), 1);
    }

    /** The shape of a variable on the way to the loss. */
    Shape shapeOf(String name, Map<String, Shape> fed) {
        return imported(name, parameters(), fed).outputs().get(0).shape();
    }

    private Graph inParameters(String name, Map<String, Shape> fed) {
        return Flatten.of(imported(name, parameters(), fed), blocks.size());
    }

    private Map<String, Shape> parameters() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        blocks.forEach(block -> shapes.put(block.name(), block.shape()));
        return shapes;
    }

    private Graph imported(String name, Map<String, Shape> vector, Map<String, Shape> fed) {
        Map<String, Shape> inputs = new LinkedHashMap<>(vector);
        fed.forEach(inputs::putIfAbsent);
        return SameDiffImport.graph(sd, List.of(name), inputs, rules);
    }
}
