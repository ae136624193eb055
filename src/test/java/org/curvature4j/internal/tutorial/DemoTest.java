package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole lesson run, and the committed write-up against it. */
class DemoTest {
    private static final String README = "README.md";
    private static final List<String> FIGURES = List.of(
            "demo-1-jacobian.png",
            "demo-2-hessian.png",
            "demo-2-spectrum.png",
            "exercise-1-chain-rule.png",
            "exercise-2-quadratic.png",
            "exercise-3-saddle-map.png",
            "exercise-4-fastest-direction.png");

    @TempDir
    private static Path folder;

    private static String console = "";
    private static String writeUp = "";

    @BeforeAll
    static void run() throws IOException {
        console = run(Demo.DEFAULT_SEED, folder.resolve("new/out"));
        writeUp = Files.readString(folder.resolve("new/out").resolve(README));
    }

    private static String run(long seed, Path out) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Demo.run(seed, out, new PrintStream(told, false, StandardCharsets.UTF_8));
        return told.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static Set<String> files(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void theCommittedWriteUpIsWhatARunWrites() throws IOException {
        assertThat(Files.readString(Demo.DEFAULT_FOLDER.resolve(README)).replace("\r\n", "\n"))
                .as("%s is out of date: run ./scripts/curvature demo, look at it, and commit it", Demo.DEFAULT_FOLDER)
                .isEqualTo(writeUp);
        assertThat(files(Demo.DEFAULT_FOLDER)).isEqualTo(files(folder.resolve("new/out")));
    }

    @Test
    void anotherRunWritesTheSameBytesOverTheOldOnes() throws IOException {
        Path first = folder.resolve("new/out");
        Path again = Files.createDirectories(folder.resolve("again"));
        Files.writeString(again.resolve(README), "old");
        Files.writeString(again.resolve("mine.txt"), "left alone");

        run(Demo.DEFAULT_SEED, again);

        assertThat(Files.readString(again.resolve("mine.txt"))).isEqualTo("left alone");
        Files.delete(again.resolve("mine.txt"));
        assertThat(files(again)).isEqualTo(files(first));
        for (String file : files(first)) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void figuresHaveSomethingOnThem() throws IOException {
        for (Path out : List.of(folder.resolve("new/out"), Demo.DEFAULT_FOLDER)) {
            assertThat(files(out)).containsAll(FIGURES).hasSize(FIGURES.size() + 1);
            for (String name : FIGURES) {
                BufferedImage image = ImageIO.read(out.resolve(name).toFile());
                assertThat(Math.min(image.getWidth(), image.getHeight())).isGreaterThan(1000);
                int[] middle = image.getRGB(0, image.getHeight() / 2, image.getWidth(), 1, null, 0, image.getWidth());
                assertThat(IntStream.of(middle).distinct().count()).as(name).isGreaterThan(5);
            }
        }
    }

    @Test
    void theWriteUpShowsEveryFigureAndLinksToEveryChapter() {
        for (String figure : FIGURES) {
            assertThat(writeUp).containsOnlyOnce("](" + figure + ")");
        }
        Set<String> chapters = Pattern.compile("^## (.*)$", Pattern.MULTILINE)
                .matcher(writeUp)
                .results()
                .map(match -> match.group(1).toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9 -]", ""))
                .map(title -> title.replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> links = Pattern.compile("]\\(#([^)]*)\\)")
                .matcher(writeUp)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(links).isEqualTo(chapters).hasSize(9);
    }

    @Test
    void theWriteUpHoldsTheLessonsNumbers() {
        assertThat(writeUp)
                .contains("0.04262280 & -0.02983596 \\\\ 0.30278515 & 0.68126658")
                .contains("0.71157776 & -0.49810443 \\\\ 0.05802802 & 0.13056305")
                .contains("own program for this doesn't run", "None")
                .contains("\\operatorname{sech}^2", "\\pm 6 \\sqrt{x^2 + y^2}", "40,400 saddle points")
                .doesNotContain("NaN", "Infinity", "-0.00000 ")
                .doesNotContainPattern("\\{\\{[a-z]");
    }

    @Test
    void theConsoleTellsTheLessonsDigits() {
        assertThat(console)
                .contains("    [[ 0.04262280, -0.02983596],\n     [ 0.30278515,  0.68126658]]\n")
                .contains("    [[ 0.71157776, -0.49810443],\n     [ 0.05802802,  0.13056305]]\n");
        assertThat(Pattern.compile("^ {4,}-?\\d\\.\\d{5}$", Pattern.MULTILINE)
                        .matcher(console)
                        .results()
                        .count())
                .as("eigenvalues to five decimals")
                .isEqualTo(11);
        assertThat(console)
                .contains("saddle with flat directions: 4 positive, 4 negative, 3 near zero")
                .contains("Mixed signs, a saddle")
                .contains("J = sech^2(ax + by) [a, b]")
                .contains("H = 2A =")
                .contains("40,400 saddle, 0 convex, 0 concave, 1 flat")
                .contains("Largest |eigenvalue|")
                .contains("Write-up: " + folder.resolve("new/out").resolve(README));
        assertThat(Pattern.compile("Largest differences:")
                        .matcher(console)
                        .results()
                        .count())
                .isEqualTo(6);
        for (String figure : FIGURES) {
            assertThat(console).contains("Figure: " + folder.resolve("new/out").resolve(figure));
        }
    }

    @Test
    void theSeedDecidesTheNetAndTheQuadratic() {
        TwoTwoOnePoint net = TwoTwoOnePoint.ofSeed(12345);

        assertThat(SpectrumDemo.solve(12345, net).markdown()).contains("seed 12345");
        assertThat(QuadraticExercise.solve(12345).markdown()).contains("Seed 12345");
        assertThat(writeUp)
                .contains("demo --seed " + Demo.DEFAULT_SEED)
                .contains(QuadraticExercise.solve(Demo.DEFAULT_SEED).markdown())
                .doesNotContain(QuadraticExercise.solve(12345).markdown())
                .doesNotContain(FastestDirectionExercise.solve(12345, net).markdown());
    }

    @Test
    void foldersThatCannotBeWrittenAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> run(1, file))
                .isInstanceOf(DataFileException.class)
                .hasMessage(file + ": expected a folder, got a file");
        assertThatThrownBy(() -> run(1, file.resolve("inside")))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file.resolve("inside") + ": can't be made a folder: ");
    }

    @Test
    void aFileThatCannotBeReplacedIsNamed() throws IOException {
        Path out = folder.resolve("taken");
        Files.createDirectories(out.resolve("demo-1-jacobian.png"));

        assertThatThrownBy(() -> run(1, out))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("demo-1-jacobian.png");
    }
}
