package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class FigureFileTest {

    private static final Figure FIGURE = SpectrumPlot.of(new double[] {-1, 0, 2}, 1e-9);

    @TempDir
    private Path folder;

    private static Stream<Map.Entry<String, Figure>> figures() {
        return Samples.figures().entrySet().stream();
    }

    @Test
    void writesThePixelsAsPng() throws IOException {
        Path file = folder.resolve("spectrum.PNG");
        FIGURE.save(file);
        var read = ImageIO.read(file.toFile());
        assertThat(read.getWidth()).isEqualTo(FIGURE.width());
        assertThat(read.getHeight()).isEqualTo(FIGURE.height());
        int[] expected = FIGURE.image().getRGB(0, 0, FIGURE.width(), FIGURE.height(), null, 0, FIGURE.width());
        assertThat(read.getRGB(0, 0, FIGURE.width(), FIGURE.height(), null, 0, FIGURE.width()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void writesWellFormedSvgWithItsTitle(Map.Entry<String, Figure> sample) throws Exception {
        Figure figure = sample.getValue();
        Element root = svg(figure).getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getAttribute("width")).isEqualTo(figure.size().width + "px");
        assertThat(root.getAttribute("height")).isEqualTo(figure.size().height + "px");
        assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(figure.title());
        assertThat(root.getElementsByTagName("path").getLength()).isGreaterThan(10);
    }

    @Test
    void keepsAwkwardCharactersInTheTitleOfAnSvg() throws Exception {
        Figure figure = HeatMapPlot.of(
                new double[][] {{1}}, List.of(), "a < b & c > $1 \"x\" \\d \u0007", "p & q", Scale.LINEAR);
        Element root = svg(figure).getDocumentElement();
        assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c > $1 \"x\" \\d  ");
        assertThat(root.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo("p & q");
    }

    @Test
    void namesNoDocumentTypeThatAReaderWouldFetch() throws IOException {
        Path file = folder.resolve("spectrum.svg");
        FIGURE.save(file);
        assertThat(Files.readString(file)).doesNotContain("DOCTYPE");
    }

    @Test
    void roundsOutlinesButNotTheScaleOfAnImage() throws IOException {
        Path file = folder.resolve("saddle.svg");
        SaddleMapPlot.of(Samples.monkeySaddle(201), "f").save(file);
        assertThat(Files.readString(file))
                .doesNotContainPattern(" d=\"[^\"]*\\.\\d{3}")
                .containsPattern("transform=\"matrix\\(0\\.\\d{4,}");
    }

    @Test
    void replacesAFileThatExists() throws IOException {
        Path file = Files.writeString(folder.resolve("spectrum.png"), "old");
        FIGURE.save(file);
        assertThat(ImageIO.read(file.toFile())).isNotNull();
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(names()).containsExactly("spectrum.png");
    }

    @Test
    void leavesTheUsualPermissions() throws IOException {
        Path usual = Files.writeString(folder.resolve("usual"), "");
        Path file = folder.resolve("spectrum.svg");
        FIGURE.save(file);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void leavesNothingBehindWhenTheRenameFails() throws IOException {
        Path target = Files.createDirectory(folder.resolve("taken.png"));
        Files.writeString(target.resolve("inside"), "kept");
        assertThatThrownBy(() -> FIGURE.save(target)).hasMessageContaining("taken.png");
        assertThat(names()).containsExactly("taken.png");
        assertThat(target.resolve("inside")).hasContent("kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spectrum.jpg", "spectrum", "spectrum.png.txt", "png", ".svgz"})
    void refusesOtherEndings(String name) throws IOException {
        assertThatThrownBy(() -> FIGURE.save(folder.resolve(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file: expected a name ending in .png or .svg")
                .hasMessageContaining(name);
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> FIGURE.save(folder.resolve("missing").resolve("a.png")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a folder that exists")
                .hasMessageContaining("missing");
    }

    @Test
    void refusesAFolderInPlaceOfAFile() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken.svg"));
        assertThatThrownBy(() -> FIGURE.save(taken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got the folder");
    }

    private Document svg(Figure figure) throws Exception {
        Path file = folder.resolve("figure.svg");
        figure.save(file);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
