package org.curvature4j.internal.cli;

import java.util.List;
import org.curvature4j.Jacobian;
import org.curvature4j.internal.cli.report.Report;
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
    @Override
    List<String> contents() {
        return List.of(arrayName());
    }

    @Override
    String arrayName() {
        return "jacobians.npy";
    }

    @Override
    String title() {
        return "jacobian";
    }

    @Override
    List<String> names(ChosenFunction subject, long rows) {
        return ChosenFunction.names(subject.output(), rows).toList();
    }

    @Override
    void run(ChosenFunction subject, Report report) {
        report.text("Jacobian of " + subject.title());
        subject.describe(report);
        try (Jacobian jacobian = Jacobian.of(subject.function())) {
            write(
                    subject,
                    jacobian::streamRows,
                    jacobian.describe(),
                    subject.function().outputSize(),
                    subject.inputSize(),
                    report);
        }
    }
}
