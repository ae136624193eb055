package org.curvature4j.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.curvature.Likelihood;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which curvature matrix of a loss. */
final class MatrixOptions {
    /** The matrices by their names on the command line. */
    enum Kind {
        HESSIAN,
        GAUSS_NEWTON,
        FISHER,
        EMPIRICAL_FISHER,
        MONTE_CARLO_FISHER;

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The name in a sentence. */
        String words() {
            return switch (this) {
                case HESSIAN -> "Hessian";
                case GAUSS_NEWTON -> "Gauss-Newton matrix";
                case FISHER -> "Fisher matrix";
                case EMPIRICAL_FISHER -> "empirical Fisher matrix";
                case MONTE_CARLO_FISHER -> "Monte Carlo Fisher matrix";
            };
        }
    }

    @Option(
            names = "--matrix",
            paramLabel = "KIND",
            description = {"hessian (default), gauss-newton, fisher,", "empirical-fisher or monte-carlo-fisher."})
    private @Nullable String matrix;

    @Option(
            names = "--likelihood",
            paramLabel = "NAME",
            description = {
                "softmax or gaussian: what predictions mean, for",
                "Fisher matrices. By the loss unless given."
            })
    private @Nullable String likelihood;

    @Option(names = "--draws", paramLabel = "N", description = "Targets drawn for each row, of monte-carlo-fisher; 1.")
    private @Nullable Integer draws;

    /** @throws UsageException if the options can't be meant */
    void check() {
        Kind kind = kind();
        boolean fisher = kind == Kind.FISHER || kind == Kind.MONTE_CARLO_FISHER;
        if (likelihood != null && !fisher) {
            throw new UsageException(
                    "--likelihood: expected --matrix fisher or monte-carlo-fisher with it, got " + kind.key());
        }
        likelihood(Likelihood.SOFTMAX);
        if (draws != null && kind != Kind.MONTE_CARLO_FISHER) {
            throw new UsageException("--draws: expected --matrix monte-carlo-fisher with it, got " + kind.key());
        }
        if (draws != null && draws < 1) {
            throw new UsageException("--draws: expected 1 or more, got " + draws);
        }
    }

    Kind kind() {
        if (matrix == null) {
            return Kind.HESSIAN;
        }
        return Stream.of(Kind.values())
                .filter(kind -> kind.key().equals(matrix))
                .findFirst()
                .orElseThrow(() -> new UsageException("--matrix: expected one of "
                        + Stream.of(Kind.values()).map(Kind::key).collect(Collectors.joining(", ")) + ", got '" + matrix
                        + "'"));
    }

    private Likelihood likelihood(Likelihood usual) {
        if (likelihood == null) {
            return usual;
        }
        return Stream.of(Likelihood.values())
                .filter(one -> one.name().equalsIgnoreCase(likelihood))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("--likelihood: expected softmax or gaussian, got '" + likelihood + "'"));
    }

    /** The matrix of a loss; close it. */
    DataOperator of(LossSubject subject) {
        DataLoss loss = subject.loss();
        return switch (kind()) {
            case HESSIAN -> loss.hessian();
            case GAUSS_NEWTON -> loss.gaussNewton(subject.predictions());
            case FISHER -> loss.fisher(subject.predictions(), likelihood(subject.likelihood()));
            case EMPIRICAL_FISHER -> loss.empiricalFisher(subject.predictions());
            case MONTE_CARLO_FISHER ->
                loss.monteCarloFisher(
                        subject.predictions(),
                        likelihood(subject.likelihood()),
                        draws == null ? 1 : draws,
                        subject.options().seed());
        };
    }

    /** Adds which matrix it is. */
    void describe(Report report) {
        report.field("matrix", kind().key());
    }
}
