package org.curvature4j.internal.cli;

import java.util.List;
import org.curvature4j.Jacobian;
import org.curvature4j.PreparedFunction;
import org.curvature4j.internal.cli.run.DerivativeComputation.Matrices;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import picocli.CommandLine.Command;

/** {@code curvature jacobian}. */
@Command(
        name = "jacobian",
        customSynopsis = {
            "curvature jacobian MODEL POINTS [--out J.npy|DIR]",
            "       curvature jacobian MODEL --wrt NAME,... [--feed N=FILE]... [--out J.npy]"
        },
        sortOptions = false,
        description = {
            "First derivatives of a function, an m x n matrix a point.",
            "The file holds [B, m, n]; with --wrt of variables and no points [m, n], at the",
            "values that the variables have."
        },
        footer = {
            "",
            "Examples:",
            "  curvature jacobian --model tanh --points X.npy --out J.npy",
            "  curvature jacobian --model net.fb --output logits --random 1000 --out J.npy"
        })
final class JacobianCommand extends DerivativeCommand {
    private static final String ARRAY = "jacobians.npy";

    @Override
    List<String> contents() {
        return List.of(ARRAY);
    }

    @Override
    List<String> names(ChosenFunction subject, long rows) {
        return ChosenFunction.names(subject.output(), rows).toList();
    }

    @Override
    PreparedFunction prepare(ChosenFunction subject) {
        return Jacobian.of(subject.function());
    }

    @Override
    Matrices matrices(ChosenFunction subject, boolean single) {
        long rows = subject.function().outputSize();
        return new Matrices("Jacobian", ARRAY, rows, subject.inputSize(), false, single, false);
    }
}
