package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.cli.Main;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A program that runs commands in its own JVM finds it as it was, and hears when their text got lost. */
class LibraryUseTest {
    private static final String SETTINGS = " --threads 1 --memory 300m";
    private static final String LOSS = " --model F/net.fb --data F/in.npy --targets F/in.npy";

    @TempDir
    Path folder;

    @BeforeEach
    void data() {
        Npy.write(
                folder.resolve("in.npy"),
                Nd4j.linspace(1, 8, 8, DataType.DOUBLE).reshape(4, 2));
        train();
    }

    private void train() {
        String[] words = words("train --data F/in.npy --targets F/in.npy --widths 2-2 --epochs 1 --out F/net.fb");
        assertThat(Main.run(
                        words,
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(System.err, false, StandardCharsets.UTF_8)))
                .isZero();
    }

    private String[] words(String line) {
        return line.strip().replace("F/", folder + "/").split(" +");
    }

    private static Map<String, Object> state() {
        Map<String, Object> state = new TreeMap<>();
        Properties properties = System.getProperties();
        properties.stringPropertyNames().forEach(name -> state.put(name, properties.getProperty(name)));
        state.put("streams", List.of(System.out, System.err, System.in));
        state.put("locale", List.of(Locale.getDefault(), Locale.getDefault(Locale.Category.FORMAT)));
        state.put("zone", TimeZone.getDefault());
        state.put("settings", Backend.get().settings());
        state.put("blas threads", Nd4j.factory().blas().getMaxThreads());
        state.put("type", Nd4j.dataType());
        state.put(
                "handlers", Arrays.asList(java.util.logging.Logger.getLogger("").getHandlers()));
        state.put("uncaught", String.valueOf(Thread.getDefaultUncaughtExceptionHandler()));
        state.put("threads", threads());
        return state;
    }

    /** The project's own that can keep a program from ending; pools of the libraries come and go. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jacobian --model tanh --random 3 --out F/o.npy --engine nd4j --tile 2",
                "hessian --model quadratic --random 3 --out F/runs/ --tile 2",
                "hessian --model quadratic --random 3 --out F/none/o.npy",
                "spectrum --model quadratic --random 3 --out F/o.npy --vectors F/v.npy",
                "sensitivity --model tanh --random 3 --out F/o.npy",
                "slice --model quadratic --random 1 --plot F/p.png",
                "saddle --grid 5 --plot F/p.svg",
                "newton --function rosenbrock --start -1.2,1 --out F/o.npy",
                "train --data F/in.npy --targets F/in.npy --widths 2-2 --epochs 2 --out F/n.fb",
                "lanczos --count 2" + LOSS,
                "density --steps 3 --probes 2 --out F/o.npy" + LOSS,
                "trace --diagonal F/d.npy --products 9" + LOSS,
                "landscape --grid 3 --out F/o.npy" + LOSS,
                "inspect --model F/net.fb",
                "doctor --json",
                "demo --out F/demo",
                "hessian --help",
                "hessian --nonsense"
            })
    void leavesTheProgramAsItWas(String line) {
        boolean takes = !line.contains("--help") && !line.contains("--nonsense");
        Map<String, Object> before = state();

        Main.run(
                words(line + (takes ? SETTINGS : "")),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()));

        assertThat(state()).isEqualTo(before);
    }

    /** The settings of a run are its own, also when ND4J started with others. */
    @Test
    void settingsAreThoseOfTheRun() {
        Run run = Run.of(
                "hessian",
                "--model",
                "quadratic",
                "--random",
                3,
                "--threads",
                1,
                "--memory",
                "321m",
                "--verbose",
                "--out",
                folder.resolve("h.npy"));
        assertThat(run.err()).contains("1 thread, ").contains("321");
        assertThat(System.getProperty("curvature4j.threads")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "hessian --help",
                "hessian --model quadratic --random 3 --out F/h.npy",
                "spectrum --model quadratic --random 1 --json",
                "doctor",
                "inspect --model F/net.fb --json",
                "demo --out F/demo"
            })
    void saysThatItsTextGotLost(String line) {
        StringWriter err = new StringWriter();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        int code = Main.run(words(line), new PrintWriter(full, false, StandardCharsets.UTF_8), new PrintWriter(err));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("curvature: standard output: can't be written");
    }

    @Test
    void littleMemoryIsRefusedInWords() throws IOException {
        for (String line : List.of(
                "hessian --model mlp:4-8-1 --random 3 --out F/o.npy",
                "jacobian --model mlp:4-8-1 --random 3 --out F/o.npy",
                "spectrum --model mlp:4-8-1 --random 3 --out F/o.npy",
                "sensitivity --model mlp:4-8-1 --random 3 --out F/o.npy",
                "slice --model mlp:4-8-1 --random 1 --plot F/o.png",
                "saddle --grid 5 --out F/o.npy",
                "newton --function rosenbrock --start -1.2,1 --out F/o.npy")) {
            StringWriter err = new StringWriter();
            int code =
                    Main.run(words(line + " --memory 1k"), new PrintWriter(new StringWriter()), new PrintWriter(err));
            if (code != 0) {
                assertThat(code).isEqualTo(1);
                assertThat(err.toString()).contains("memory: expected").doesNotContain("internal error", "\tat ");
                try (Stream<Path> left = Files.list(folder)) {
                    assertThat(left.map(Path::getFileName).map(Path::toString)).containsOnly("in.npy", "net.fb");
                }
            }
            Files.deleteIfExists(folder.resolve("o.npy"));
            Files.deleteIfExists(folder.resolve("o.png"));
        }
    }
}
