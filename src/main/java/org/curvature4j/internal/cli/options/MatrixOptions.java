package org.curvature4j.internal.cli.options;

import java.util.Optional;
import java.util.stream.Stream;
import org.curvature4j.curvature.Likelihood;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which curvature matrix of a loss. */
public final class MatrixOptions {
    /** The matrices by their names on the command line. */
    public enum Kind {
        HESSIAN,
        GAUSS_NEWTON,
        FISHER,
        EMPIRICAL_FISHER,
        MONTE_CARLO_FISHER;

        public String key() {
            return Choice.lower(this);
        }

        /** Whether it is of a distribution of targets. */
        public boolean hasLikelihood() {
            return this == FISHER || this == MONTE_CARLO_FISHER;
        }

        /** The name in a sentence. */
        public String words() {
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
            description = {
                "Which matrix; hessian unless given.",
                "One of hessian, gauss-newton, fisher,",
                "empirical-fisher, monte-carlo-fisher."
            })
    private Kind matrix = Kind.HESSIAN;

    @Option(
            names = "--likelihood",
            paramLabel = "NAME",
            description = {
                "What predictions mean, for Fisher matrices.",
                "softmax, bernoulli (yes or no by each logit),",
                "bernoulli-probability or gaussian. Read off the",
                "loss unless given; needed where that doesn't tell."
            })
    private @Nullable Likelihood likelihood;

    @Option(
            names = "--draws",
            converter = Values.Count.class,
            paramLabel = "N",
            description = {"Targets drawn for each row; 1 unless given.", "Of monte-carlo-fisher."})
    private @Nullable Integer draws;

    /** @throws UsageException if the options can't be meant */
    public void check() {
        Kind kind = kind();
        if (likelihood != null && !kind.hasLikelihood()) {
            throw new UsageException(
                    "--likelihood: expected --matrix fisher or monte-carlo-fisher with it, got " + kind.key());
        }
        if (draws != null && kind != Kind.MONTE_CARLO_FISHER) {
            throw new UsageException("--draws: expected --matrix monte-carlo-fisher with it, got " + kind.key());
        }
    }

    public Kind kind() {
        return matrix;
    }

    /** What the user says that predictions mean. */
    public Optional<Likelihood> stated() {
        return Optional.ofNullable(likelihood);
    }

    /** The names there are. */
    public static String likelihoods() {
        return Words.either(Stream.of(Likelihood.values()).map(Likelihood::key).toList());
    }

    /** Of those of {@code monte-carlo-fisher}, for each row. */
    public int draws() {
        return draws == null ? 1 : draws;
    }
}
