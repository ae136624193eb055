package org.curvature4j.internal.cli;

import java.util.List;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.ResumeOptions;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.internal.cli.options.RowOptions;
import org.curvature4j.internal.cli.options.SpectrumOutput;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.run.SpectrumComputation;
import org.curvature4j.internal.cli.run.SpectrumRun;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.FileMatrices;
import org.curvature4j.internal.cli.subject.ModelMatrices;
import org.curvature4j.internal.cli.subject.SymmetricMatrices;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.spectrum.SpectrumOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature spectrum}. */
@Command(
        name = "spectrum",
        sortOptions = false,
        customSynopsis = {
            "curvature spectrum MODEL POINTS [--out E.npy|DIR] [--vectors V.npy] ...",
            "       curvature spectrum --hessians H.npy [--packed] [--out E.npy|DIR] ..."
        },
        description = {
            "Eigenvalues of a function's Hessian, and what they mean.",
            "The file holds [B, n], ascending; with --wrt of variables and no points, or of",
            "one matrix [n, n], [n]. One matrix is reported in full, several are summed up."
        },
        footer = {
            "",
            "Examples:",
            "  curvature spectrum --model two-two-one --random 1 --seed 7 --plot E.png",
            "  curvature spectrum --model two-two-one --random 100000 --out E.npy",
            "  curvature spectrum --hessians H.npy --out E.npy --vectors V.npy --index 3",
            "  curvature spectrum --model two-two-one --random 10000000 --out runs/b \\",
            "            --resume"
        })
final class SpectrumCommand extends BatchCommand {
    @Option(names = "--hessians", paramLabel = "FILE.npy", description = "Symmetric matrices, [n, n] or [B, n, n].")
    private @Nullable RowFile hessians;

    @Option(
            names = "--packed",
            description = {"They are upper triangles.", "As hessian --packed writes them."})
    private boolean packed;

    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, order = 20, heading = Headings.POINTS)
    private RowOptions points = new RowOptions();

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private SpectrumOutput output = new SpectrumOutput();

    @ArgGroup(validate = false, order = 40, heading = Headings.LONG)
    private ResumeOptions resume = new ResumeOptions();

    @Override
    void check() {
        points.check();
        output.check();
        resume.check(output.out() != null || output.vectors() != null);
        if (packed && hessians == null) {
            throw new UsageException("--packed: expected --hessians, whose matrices are packed, got none");
        }
        if (hessians == null) {
            model.check();
        } else if (model.givenAny() || points.given() || !points.data().isEmpty()) {
            throw new UsageException("--hessians: expected no model and no points beside it, got some");
        }
    }

    @Override
    List<String> contents() {
        return SpectrumOutput.CONTENTS;
    }

    @Override
    void runHere(Report report) {
        try (SpectrumComputation computation = open()) {
            boolean vectors = output.vectors() != null;
            explain(
                    computation.engine(),
                    "eigenvalues " + (vectors ? "and eigenvectors " : "") + "of order "
                            + computation.matrices().order(),
                    computation.isOnDevices());
            new SpectrumRun(computation, output, resume, errors()).run(report);
        }
    }

    @Override
    SpectrumComputation open() {
        SymmetricMatrices matrices = matrices();
        SpectrumOptions options = output.options(SpectrumOptions.withVectors())
                .threads(Backend.get().settings().threads());
        return new SpectrumComputation(
                matrices, options, SpectrumOutput.VALUES, output.vectors() == null ? null : SpectrumOutput.VECTORS);
    }

    private SymmetricMatrices matrices() {
        Backend.get();
        if (hessians != null) {
            return FileMatrices.open(hessians, packed);
        }
        ChosenFunction subject = ChosenFunction.open(model, points.data());
        subject.requireOneResult("spectrum");
        return ModelMatrices.of(subject, points);
    }
}
