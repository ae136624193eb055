package org.curvature4j.internal.tutorial;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.io.Claim;
import org.curvature4j.internal.io.Template;
import org.curvature4j.io.DataFileException;

/**
 * The whole lesson: solves both demos and the four exercises, tells the console, and writes them up in a folder, Markdown
 * with figures. The same seed makes the same files on every run; between machines the text of the write-up is the same,
 * the console's measured differences and the shapes of the letters in the figures may not be.
 */
public final class Demo {
    /** The seed of the committed write-up. */
    public static final long DEFAULT_SEED = 4;

    /** The folder of the committed write-up, seen from the repository. */
    public static final Path DEFAULT_FOLDER = Path.of("calc-07-jacobian-hessian");

    private Demo() {}

    /**
     * Runs it; a few seconds.
     *
     * @param seed of the random numbers: demo 2's point and exercise 2's matrix
     * @param out the folder to write to, made if need be; files of other names in it stay as they are
     * @param console where the results are told
     * @return the parts, in their order
     * @throws DataFileException if the folder or a file in it can't be written, before anything is computed where that
     *     can be known
     * @throws IllegalStateException if two computations of the same numbers disagree, or Java finds no font
     */
    @SuppressWarnings("try") // held, not used
    public static List<Part> run(long seed, Path out, PrintStream console) {
        try (Claim claim = Claim.ofFolder(out)) {
            return write(seed, out, console);
        }
    }

    private static List<Part> write(long seed, Path out, PrintStream console) {
        StringBuilder text =
                new StringBuilder(Template.fill(Demo.class, "introduction", Map.of("seed", Long.toString(seed))));
        TwoTwoOnePoint net = TwoTwoOnePoint.ofSeed(seed);
        List<Part> solved = new ArrayList<>();
        List<Supplier<Part>> parts = List.of(
                JacobianDemo::solve,
                () -> SpectrumDemo.solve(seed, net),
                ChainRuleExercise::solve,
                () -> QuadraticExercise.solve(seed),
                SaddleExercise::solve,
                () -> FastestDirectionExercise.solve(seed, net));
        for (Supplier<Part> each : parts) {
            Part part = each.get();
            solved.add(part);
            text.append('\n').append(part.markdown());
            console.print(part.console());
            part.figures().forEach((name, figure) -> {
                Path file = out.resolve(name + ".png");
                figure.save(file);
                console.println("  Figure: " + file);
            });
            console.println();
        }
        Path writeUp = out.resolve("README.md");
        AtomicFile.writeText(writeUp, text.toString());
        console.println("Write-up: " + writeUp);
        return solved;
    }
}
