package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that lack what Java's graphics want, played by a fresh JVM: AWT looks only once. */
@EnabledOnOs(OS.LINUX)
class BareMachineTest {

    @TempDir
    private Path home;

    /** Saves a figure, and prints what a user would see. */
    static final class Saver {
        public static void main(String[] arguments) throws IOException {
            try {
                double scale = Double.parseDouble(arguments[1]);
                List<ParameterBlock> blocks = List.of(new ParameterBlock("W", 2), new ParameterBlock("b", 1));
                HeatMapPlot.of(Samples.matrix(3, scale), blocks, "Hessian", "", Scale.AUTOMATIC)
                        .save(Path.of(arguments[0]));
                System.out.println("saved");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void needsNoDisplay() throws Exception {
        assertThat(save("1", Map.of(), "-Djava.awt.headless=true")).isEqualTo("saved");
        assertThat(home.resolve("figure.png")).isNotEmptyFile();
    }

    /** A tiny scale needs superscripts at its axis before anything is drawn. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "1e-9"})
    void saysWhatToInstallWhereThereAreNoFonts(String scale) throws Exception {
        Path none = Files.writeString(home.resolve("fonts.conf"), "<fontconfig></fontconfig>");
        assertThat(save(scale, Map.of("FONTCONFIG_FILE", none.toString()), "-Djava.awt.headless=true"))
                .startsWith("figure: expected Java to find a font")
                .contains("install fontconfig");
        assertThat(home.resolve("figure.png")).doesNotExist();
    }

    @Test
    void saysHowToDrawWhereTheDisplayDoesNotAnswer() throws Exception {
        assertThat(save("1", Map.of("DISPLAY", ":12345"), "-Djava.awt.headless=false"))
                .startsWith("figure: expected a display that answers")
                .contains("-Djava.awt.headless=true");
    }

    /** Runs {@link Saver}; its home is empty, since Java remembers the fonts it once found. */
    private String save(String scale, Map<String, String> environment, String... options) throws Exception {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of(options),
                        Stream.of("-Duser.home=" + home, "-cp", System.getProperty("java.class.path")),
                        Stream.of(
                                Saver.class.getName(),
                                home.resolve("figure.png").toString(),
                                scale))
                .flatMap(part -> part)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
