package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.List;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.spectrum.SpectrumOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of spectra. */
public final class SpectrumOutput extends FigureOptions {
    /** The file of eigenvalues in a folder. */
    public static final String VALUES = "eigenvalues.npy";

    /** The file of eigenvectors in a folder. */
    public static final String VECTORS = "eigenvectors.npy";

    private static final String FIGURE = "spectrum.png";

    /** What may come into a folder. */
    public static final List<String> CONTENTS = List.of(VALUES, VECTORS, FIGURE);

    @Option(
            names = "--out",
            converter = Destination.ArrayOrFolder.class,
            paramLabel = "FILE.npy|DIR",
            description = {"Where the eigenvalues go.", "A folder gets a manifest and figures too."})
    private @Nullable Destination out;

    @Option(
            names = "--vectors",
            converter = Destination.ArrayOrUnnamed.class,
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FILE.npy",
            description = {"Where the eigenvectors go, [B, n, n], in columns.", "No name is needed in a folder."})
    private @Nullable Destination vectors;

    @Option(
            names = "--index",
            converter = Values.Index.class,
            paramLabel = "I",
            description = {"The matrix to report and draw; 0 unless given.", "Counted from 0."})
    private @Nullable Long index;

    @Option(
            names = "--tolerance",
            converter = Values.NotNegative.class,
            paramLabel = "T",
            description = {"Up to which an eigenvalue counts as zero.", "That of rounding unless given."})
    private @Nullable Double tolerance;

    /** @throws UsageException if the options can't be meant */
    public void check() {
        if (Destination.UNNAMED.equals(vectors) && (out == null || !out.folder())) {
            throw new UsageException(
                    "--vectors: expected a file name ending in .npy, or a folder after --out, got none");
        }
    }

    /** What {@code --out} says; null without it. */
    @Nullable
    public Destination destination() {
        return out;
    }

    /** Where the eigenvalues go, or null. */
    @Nullable
    public Path out() {
        return Destination.fileOf(out, VALUES);
    }

    /** Where the eigenvectors go, or null. */
    @Nullable
    public Path vectors() {
        return Destination.UNNAMED.equals(vectors) ? Destination.fileOf(out, VECTORS) : Destination.pathOf(vectors);
    }

    /** Draws into the folder, if there is one and no other name was given. */
    public void useFolder() {
        use(out, FIGURE);
    }

    /** Whether one matrix of a batch is to be told of by itself. */
    public boolean choosesMatrix() {
        return index != null || isWanted();
    }

    public long index() {
        return index == null ? 0 : index;
    }

    public SpectrumOptions options(SpectrumOptions base) {
        return tolerance == null ? base : base.tolerance(tolerance);
    }
}
