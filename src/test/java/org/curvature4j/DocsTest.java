package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The pages for readers: what they print is what the library prints, and what they use is told. */
class DocsTest {
    private static final Path HOW_IT_WORKS = Path.of("docs/how-it-works.md");
    private static final Path API = Path.of("docs/api.md");
    private static final Path INSTALL = Path.of("docs/install.md");
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("(?m)(^\\|.*\\n)+");
    private static final Pattern TYPE = Pattern.compile("(?<![.\\w])[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*\\b");

    @Test
    void theGraphsOfHowItWorksAreWhatIsPrinted() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable w = sd.var("w", Nd4j.createFromArray(new double[][] {{0.7}, {-1.2}}));
        sd.math().tanh("h", x.mmul(w));
        TensorFunction function = TensorFunction.of(sd, "h", "x");

        assertThat(Pages.read(HOW_IT_WORKS))
                .as("copy what is printed into the page, and see that its text still holds")
                .contains("<!-- printed: function -->\n```text\n" + function.graphText() + "\n```\n")
                .contains("<!-- printed: gradient -->\n```text\n"
                        + function.gradient().graphText() + "\n```\n");
    }

    static Stream<Path> pages() {
        return Pages.all().stream();
    }

    /** Who copies a block has to know what to import: the pages that show some lead to one table of it. */
    @ParameterizedTest
    @MethodSource("pages")
    void whatJavaBlocksUseStandsInTheTableOfImports(Path file) {
        if (file.startsWith("calc-07-jacobian-hessian")) {
            return; // the lesson's own solutions, which stand in this project
        }
        String page = Pages.read(file);
        Set<String> used = JAVA_BLOCK
                .matcher(page)
                .results()
                .map(block -> block.group(1).replaceAll("//.*|\"[^\"]*\"", ""))
                .flatMap(code -> TYPE.matcher(code).results().map(MatchResult::group))
                .filter(type -> !isKnownToAll(type))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = new TreeSet<>(imports(Pages.read(API)).keySet());
        told.addAll(imports(page).keySet());
        assertThat(told)
                .as("types that Java blocks of " + file + " use and neither docs/api.md#imports nor the page tells of")
                .containsAll(used);
        if (!used.isEmpty()) {
            assertThat(page).containsPattern("\\(([./]*)?(docs/)?(api\\.md)?#(imports|in-a-project-of-your-own)\\)");
        }
    }

    @Test
    void theTableOfImportsIsRight() {
        Map<String, String> imports = imports(Pages.read(API));
        imports.forEach((type, from) -> assertThatCode(() -> Class.forName(from + "." + type))
                .as(from + "." + type)
                .doesNotThrowAnyException());
        assertThat(imports).hasSizeGreaterThan(50);
    }

    /** Packages by the types of a page's table. */
    private static Map<String, String> imports(String page) {
        Map<String, String> packages = new HashMap<>();
        Matcher row = Pattern.compile("^\\| `(org\\.[a-z0-9.]+)` \\| (.*) \\|$", Pattern.MULTILINE)
                .matcher(page);
        while (row.find()) {
            for (String type : row.group(2).split(", ")) {
                packages.put(type.replace("`", ""), row.group(1));
            }
        }
        return packages;
    }

    /** Types of java.lang, which need no import, and those of java.io, java.util and java.nio.file, which every editor finds. */
    private static boolean isKnownToAll(String type) {
        return Stream.of("java.lang.", "java.io.", "java.util.", "java.nio.file.")
                .anyMatch(start -> {
                    try {
                        Class.forName(start + type);
                        return true;
                    } catch (ClassNotFoundException e) {
                        return false;
                    }
                });
    }

    /** What a project names is what this one is built and tested with. */
    @Test
    void theDependenciesAreTheseVersions() {
        String pom = Pages.read(Path.of("pom.xml"));
        String page = Pages.read(INSTALL);
        List<String> ours = List.of(
                "org.curvature4j:curvature4j:" + first(pom, "(?m)^  <version>(.*)</version>"),
                "org.nd4j:nd4j-native:" + first(pom, "<nd4j.version>(.*)</nd4j.version>"),
                "org.bytedeco:openblas:" + first(pom, "<openblas.version>(.*)</openblas.version>"),
                "org.bytedeco:javacpp:" + first(pom, "<javacpp.version>(.*)</javacpp.version>"));
        assertThat(Pages.read(Path.of("CITATION.cff")))
                .contains("\nversion: " + ours.get(0).split(":")[2] + "\n");
        for (String coordinates : ours) {
            String[] part = coordinates.split(":");
            assertThat(page)
                    .contains("<groupId>" + part[0] + "</groupId>\n  <artifactId>" + part[1]
                            + "</artifactId>\n  <version>" + part[2] + "</version>")
                    .contains("'" + coordinates);
        }
    }

    /** What others are measured against is measured in one run, and stands in one table: elsewhere it would grow old. */
    @ParameterizedTest
    @MethodSource("pages")
    void pagesLeaveComparisonsToTheReadme(Path file) {
        if (file.startsWith("README.md") || file.startsWith("docs/benchmarks") || file.startsWith("docs/design")) {
            return;
        }
        assertThat(TABLE.matcher(Pages.read(file)).results().map(MatchResult::group))
                .noneMatch(table -> table.lines().findFirst().orElse("").matches(".*\\b(JAX|PyTorch|NumPy)\\b.*")
                        && table.matches("(?s).*\\d (ns|us|ms|s) \\|.*"));
    }

    /** A version that a page says of itself is forgotten with the next one. */
    @ParameterizedTest
    @MethodSource("pages")
    void noPageHasAVersionOfItsOwn(Path file) {
        assertThat(Pages.read(file)).doesNotContainPattern("\\bVersion \\d");
    }

    /** As printed, in a checkout, by somebody whose home has no folder of programs yet. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theArchiveIsUnpackedByThePage(@TempDir Path folder) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path program = Files.createDirectories(folder.resolve("target/curvature4j-9.9/bin"))
                .resolve("curvature");
        Files.writeString(program, "#!/bin/sh\necho \"started with $*\"\n");
        String pack =
                "chmod +x " + program + "; (cd target; tar -czf curvature4j-9.9-linux-x86_64.tar.gz curvature4j-9.9)\n";
        String block = first(Pages.read(INSTALL), "(?s)<!-- unpack -->\\n```sh\\n(.*?)```");
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", pack + block + block);
        builder.environment().put("HOME", home.toString());
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).isEqualTo("started with demo --out solutions\n".repeat(2));
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
