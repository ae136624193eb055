package org.curvature4j.spark;

import java.util.List;
import java.util.Optional;
import org.curvature4j.Block;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.Likelihood;
import org.curvature4j.curvature.LossForm;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.optimize.Objective;

/**
 * A loss over the rows of a data set on Spark as a function of a model's parameters, at one point, and the operators of its
 * curvature there: what {@link DataLoss} is on one machine, and the same numbers to rounding. Safe for several threads.
 *
 * <p>Sums over partitions are added in a fixed order: the same partitions of the same rows give the same bits, however many
 * executors there are and whatever becomes of them. The data stay on the executors until it is closed, also for the losses
 * that {@link #at} makes of it and for all operators; close those first.
 */
public final class SparkLoss implements AutoCloseable {
    private final LossData data;
    /** The loss over a few examples, at the same point. */
    private final DataLoss few;

    private final long value;
    private final long gradient;
    private final long both;

    SparkLoss(LossData data, DataLoss few) {
        this(data, few, data.newTerm(), data.newTerm(), data.newTerm());
    }

    private SparkLoss(LossData data, DataLoss few, long value, long gradient, long both) {
        this.data = data;
        this.few = few;
        this.value = value;
        this.gradient = gradient;
        this.both = both;
    }

    /** The same loss at another point, over the same data: closing either closes both. */
    public SparkLoss at(double... parameters) {
        return new SparkLoss(data, few.at(parameters), value, gradient, both);
    }

    /** How the parameters are laid out in the point. */
    public List<Block> blocks() {
        return few.blocks();
    }

    /** How many parameters there are. */
    public int size() {
        return few.size();
    }

    /** The parameters, a new array. */
    public double[] point() {
        return few.point();
    }

    /** How many examples the data have, in all partitions. */
    public long examples() {
        return data.loss().examples();
    }

    /** How the loss puts examples together: as stated, or as a few examples show. */
    public Reduction reduction() {
        return data.loss().reduction();
    }

    /** The likelihood whose negative logarithm the loss is, as {@link DataLoss#likelihood}. */
    public Optional<Likelihood> likelihood(String output) {
        return few.likelihood(output);
    }

    /** What the operations on the way tell of the loss. */
    public LossForm form() {
        return few.form();
    }

    /** The loss at the point. */
    public double value() {
        return value(point());
    }

    /** Its gradient at the point, one number for each parameter, a new array. */
    public double[] gradient() {
        return gradient(point());
    }

    double value(double[] at) {
        return sum("loss", value, Term::value, at, 1)[0];
    }

    double[] gradient(double[] at) {
        return sum("gradient of the loss", gradient, Term::gradient, at, at.length);
    }

    /** The gradient, and behind it the value. */
    double[] valueAndGradient(double[] at) {
        return sum("loss and its gradient", both, Term::valueAndGradient, at, at.length + 1);
    }

    private double[] sum(String what, long term, Term.Maker maker, double[] at, int results) {
        return data.sums(what, term, maker, null, isMean(), at, at.length, results);
    }

    private boolean isMean() {
        return reduction() == Reduction.MEAN;
    }

    /** The Hessian of the loss. Close it. */
    public SparkOperator hessian() {
        few.hessian().close(); // refuses a loss that is random
        return hessian(point());
    }

    SparkOperator hessian(double[] at) {
        return new SparkOperator("Hessian", data, blocks(), Term::hessian, isMean(), at);
    }

    /** The generalised Gauss-Newton matrix, as {@link DataLoss#gaussNewton}. Close it. */
    public SparkOperator gaussNewton(String output) {
        few.gaussNewton(output).close(); // refuses here what executors would
        return operator(
                "Gauss-Newton matrix",
                isMean(),
                (loss, at) -> Term.of(loss.loss().at(at).gaussNewton(output)));
    }

    /** The exact Fisher information matrix, as {@link DataLoss#fisher}. Close it. */
    public SparkOperator fisher(String output, Likelihood likelihood) {
        few.fisher(output, likelihood).close();
        return operator(
                "Fisher matrix", true, (loss, at) -> Term.of(loss.loss().at(at).fisher(output, likelihood)));
    }

    /** The empirical Fisher matrix, as {@link DataLoss#empiricalFisher}. Close it. */
    public SparkOperator empiricalFisher(String output) {
        few.empiricalFisher(output).close();
        return operator(
                "empirical Fisher matrix",
                true,
                (loss, at) -> Term.of(loss.loss().at(at).empiricalFisher(output)));
    }

    /**
     * An estimate of {@link #fisher}, as {@link DataLoss#monteCarloFisher}: an example's draws are a function of the seed and
     * of its place among all, and thus those of one machine that has the partitions' rows one after the other. Close it.
     */
    public SparkOperator monteCarloFisher(String output, Likelihood likelihood, int draws, long seed) {
        few.monteCarloFisher(output, likelihood, draws, seed).close();
        return operator(
                "Monte Carlo Fisher matrix",
                true,
                (loss, at) -> Term.of(loss.loss().at(at).monteCarloFisher(output, likelihood, draws, seed)));
    }

    private SparkOperator operator(String what, boolean mean, Term.Maker maker) {
        return new SparkOperator(what, data, blocks(), maker, mean, point());
    }

    /** The loss as what an optimiser takes, at any point; it needs no closing but the loss'. */
    public Objective objective() {
        few.hessian().close(); // refuses a loss that is random
        return new SparkObjective(this);
    }

    /** Frees the data on the executors; what these prepared is freed with the next job of any loss, or with them. */
    @Override
    public void close() {
        data.close();
    }

    @Override
    public String toString() {
        return "loss of " + size() + " parameters over " + examples() + " examples in "
                + data.loss().parts().size() + " partitions on Spark";
    }
}
