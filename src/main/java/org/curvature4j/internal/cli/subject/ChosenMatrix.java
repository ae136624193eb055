package org.curvature4j.internal.cli.subject;

import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.curvature.Likelihood;
import org.curvature4j.internal.cli.options.MatrixOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;

/**
 * The curvature matrix of a loss that a command is about.
 *
 * @param options what it was chosen by
 */
public record ChosenMatrix(ChosenLoss subject, MatrixOptions options) {
    /** As stated, or as the loss has it. */
    private Likelihood likelihood() {
        String predictions = subject.predictions();
        return options.stated()
                .or(() -> subject.loss().likelihood(predictions))
                .orElseThrow(() -> new UsageException("--likelihood: expected " + MatrixOptions.likelihoods() + " for "
                        + options.kind().words() + ", since the loss doesn't tell what '" + predictions
                        + "' means, got none"));
    }

    /** The matrix of a loss; close it. */
    public DataOperator operator() {
        DataLoss loss = subject.loss();
        return switch (options.kind()) {
            case HESSIAN -> loss.hessian();
            case GAUSS_NEWTON -> loss.gaussNewton(subject.predictions());
            case FISHER -> loss.fisher(subject.predictions(), likelihood());
            case EMPIRICAL_FISHER -> loss.empiricalFisher(subject.predictions());
            case MONTE_CARLO_FISHER ->
                loss.monteCarloFisher(
                        subject.predictions(),
                        likelihood(),
                        options.draws(),
                        subject.options().seed());
        };
    }

    /** Adds which matrix it is, and of which likelihood. */
    public void describe(Report report) {
        report.field("matrix", options.kind().key());
        if (options.kind().hasLikelihood()) {
            Likelihood of = likelihood();
            report.line("likelihood", of.words() + (options.stated().isPresent() ? ", as stated" : ", by the loss"));
            report.field("likelihood", of.key());
        } else if (options.kind() == MatrixOptions.Kind.EMPIRICAL_FISHER) {
            report.line("likelihood", "none: gradients of the loss itself");
        }
    }
}
