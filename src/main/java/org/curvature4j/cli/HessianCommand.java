package org.curvature4j.cli;

import org.curvature4j.Hessian;
import picocli.CommandLine.Command;

/** {@code curvature hessian}. */
@Command(
        name = "hessian",
        customSynopsis = {
            "curvature hessian MODEL POINTS --out H.npy",
            "       curvature hessian MODEL --wrt NAME,... [--feed NAME=FILE]... --out H.npy"
        },
        sortOptions = false,
        description = {
            "Second derivatives of a function with one result, an n x n matrix a point.",
            "The file holds [B, n, n]; with --wrt of variables and no points [P, P], at the",
            "values that the variables have."
        },
        footer = {
            "",
            "Examples:",
            "  curvature hessian --model two-two-one --random 1000 --seed 7 --out H.npy",
            "  curvature hessian --model net.fb --output-index 2 --points X.npy --out H.npy",
            "  curvature hessian --model net.fb --output loss --wrt params \\",
            "            --feed x=X.npy --feed labels=Y.npy --out H.npy"
        })
final class HessianCommand extends DerivativeCommand {
    @Override
    void run(Subject subject, Report report) {
        subject.requireOneResult("Hessian");
        report.text("Hessian of " + subject.title());
        subject.describe(report);
        try (Hessian hessian = Hessian.of(subject.function())) {
            write(subject, hessian::stream, subject.inputSize(), subject.inputSize(), report);
        }
    }
}
