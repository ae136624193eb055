package org.curvature4j.internal.cli;

import org.curvature4j.curvature.DataOperator;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.MatrixOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.subject.ChosenLoss;
import org.curvature4j.internal.cli.subject.ChosenMatrix;
import org.curvature4j.internal.engine.backend.Backend;
import picocli.CommandLine.ArgGroup;

/** A command about one of the curvature matrices of a loss. */
abstract class MatrixCommand extends LossCommand {
    @ArgGroup(validate = false, order = 25, heading = Headings.MATRIX)
    private MatrixOptions matrix = new MatrixOptions();

    @Override
    void check() {
        super.check();
        matrix.check();
    }

    /** The matrix in a sentence, such as {@code Hessian}. */
    final String matrixName() {
        return matrix.kind().words();
    }

    /** Begins the report. */
    final void describe(String headline, ChosenLoss subject, Report report) {
        report.text(headline + " of the " + matrixName() + " of " + subject.title());
        subject.describe(report);
        new ChosenMatrix(subject, matrix).describe(report);
    }

    /** How many threads may work on vectors. */
    final int threads() {
        return Backend.get().settings().threads();
    }

    /** The matrix; close it. */
    final DataOperator operator(ChosenLoss subject) {
        return new ChosenMatrix(subject, matrix).operator();
    }
}
