package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.curvature4j.Hessian;
import org.curvature4j.PreparedFunction;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.SmallMatrices;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.DerivativeComputation.Matrices;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.HeatMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature hessian}. */
@Command(
        name = "hessian",
        customSynopsis = {
            "curvature hessian MODEL POINTS [--out H.npy|DIR] [--packed] [--plot F]",
            "       curvature hessian MODEL --wrt NAME,... [--feed N=FILE]... [--out H.npy]"
        },
        sortOptions = false,
        description = {
            "Second derivatives of a function, an n x n matrix a point.",
            "The function has one result. The file holds [B, n, n]; with --wrt of variables",
            "and no points [P, P], at the values that the variables have. --packed writes",
            "half: [B, n (n + 1) / 2]."
        },
        footer = {
            "",
            "Examples:",
            "  curvature hessian --model rosenbrock --random 1",
            "  curvature hessian --model two-two-one --random 1000 --seed 7 --out H.npy",
            "  curvature hessian --model two-two-one --random 1 --out H.npy --plot H.png",
            "  curvature hessian --model two-two-one --random 10000000 --packed \\",
            "            --out runs/a --resume",
            "  curvature hessian --model net.fb --output-index 2 --points X.npy --out H.npy",
            "  curvature hessian --model net.fb --output loss --wrt params \\",
            "            --feed x=X.npy --feed labels=Y.npy --out H.npy"
        })
final class HessianCommand extends DerivativeCommand {
    private static final String ARRAY = "hessians.npy";
    private static final String FIGURE = "hessian.png";

    @Option(
            names = "--index",
            converter = Values.Index.class,
            paramLabel = "I",
            description = {"The Hessian to draw; 0 unless given.", "Counted from 0."})
    private @Nullable Long index;

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    /** Whether nobody asked for the figure, so that it may be missing. */
    private boolean automatic;

    /** Whether there is a matrix of the index. */
    private boolean isThere;

    @Option(
            names = "--packed",
            description = {"Upper triangles only.", "Row by row, from the diagonal on; spectrum --packed", "reads them."
            })
    private boolean packed;

    @Override
    List<String> contents() {
        return List.of(ARRAY, FIGURE);
    }

    @Override
    PreparedFunction prepare(ChosenFunction subject) {
        subject.requireOneResult("Hessian");
        return Hessian.of(subject.function());
    }

    @Override
    Matrices matrices(ChosenFunction subject, boolean single) {
        return new Matrices("Hessian", ARRAY, subject.inputSize(), subject.inputSize(), packed, single, true);
    }

    @Override
    void checkCount(long count) {
        if ((index != null || figure.isWanted()) && index() >= count) {
            throw new IllegalArgumentException(
                    "--index: expected one of " + Words.count(count, "matrix") + ", counted from 0, got " + index());
        }
        isThere = count > index();
        if (isThere) {
            automatic = figure.use(destination(), FIGURE);
        }
    }

    @Override
    @Nullable
    Path draw(ChosenFunction subject, @Nullable Path written, @Nullable SmallMatrices printed, Report report) {
        if (!isThere) {
            return null;
        }
        try {
            figure.draw(
                    report,
                    () -> printed != null
                            ? HeatMap.of(subject, printed.matrix((int) index()), index())
                            : HeatMap.of(subject, Objects.requireNonNull(written), packed, index()));
            return figure.file();
        } catch (IllegalArgumentException e) {
            if (!automatic) {
                throw e;
            }
            report.line("no figure", String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Override
    void check() {
        super.check();
        if (packed && destination() == null) {
            throw new UsageException("--packed: expected --out, whose matrices are packed, got none");
        }
        if (index != null
                && !figure.isWanted()
                && page() == null
                && (destination() == null || !destination().folder())) {
            throw new UsageException(
                    "--index: expected --plot, --show, --report or a folder after --out, for the figure of it, got none");
        }
    }

    private long index() {
        return index == null ? 0 : index;
    }
}
