package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The pages for readers: what they print is what the library prints, and their links lead somewhere. */
class DocsTest {
    private static final Path HOW_IT_WORKS = Path.of("docs/how-it-works.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    private static String read(Path page) throws IOException {
        return Files.readString(page).replace("\r\n", "\n");
    }

    @Test
    void theGraphsOfHowItWorksAreWhatIsPrinted() throws IOException {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable w = sd.var("w", Nd4j.createFromArray(new double[][] {{0.7}, {-1.2}}));
        sd.math().tanh("h", x.mmul(w));
        TensorFunction function = TensorFunction.of(sd, "h", "x");

        assertThat(read(HOW_IT_WORKS))
                .as("copy what is printed into the page, and see that its text still holds")
                .contains("<!-- printed: function -->\n```text\n" + function.graphText() + "\n```\n")
                .contains("<!-- printed: gradient -->\n```text\n"
                        + function.gradient().graphText() + "\n```\n");
    }

    /** All that are read on their own. */
    static Stream<String> pages() throws IOException {
        try (Stream<Path> below = Files.walk(Path.of("docs"))) {
            List<Path> pages =
                    below.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(
                            pages.stream(),
                            Stream.of("README.md", "CONTRIBUTING.md", "calc-07-jacobian-hessian/README.md")
                                    .map(Path::of))
                    .map(page -> page.toString().replace('\\', '/'))
                    .sorted();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(String name) throws IOException {
        Path page = Path.of(name);
        List<MatchResult> links = LINK.matcher(read(page)).results().toList();
        for (MatchResult link : links) {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).contains(link.group(2));
            }
        }
    }

    /** Headings as GitHub names them: lower case, without punctuation, hyphens for spaces. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(read(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
