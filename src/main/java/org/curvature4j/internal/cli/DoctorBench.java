package org.curvature4j.internal.cli;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.report.Rate;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.MachineSpeed;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.spectrum.Spectrum;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code doctor --bench}: what this machine does, each engine and each GPU in a JVM of its own. */
final class DoctorBench {
    /** That each figure is measured for. */
    static final double SECONDS = 1;

    private static final int MATRICES = 20_000;
    private static final int ORDER = 11;

    private DoctorBench() {}

    /**
     * What to measure: all engines, or the one that was asked for, on the CPU, and on each GPU that may compute; what is
     * chosen by itself first.
     *
     * @return the settings of each, by its name
     */
    static Map<String, Map<String, String>> columns(Settings settings) {
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        String asked = settings.engine().key();
        if (settings.engine() == Engine.AUTO) {
            columns.put("auto", Map.of("engine", "auto"));
        }
        if (!settings.device().isForced()) {
            Stream.of(Engine.values())
                    .filter(engine ->
                            engine != Engine.AUTO && (settings.engine() == Engine.AUTO || settings.engine() == engine))
                    .forEach(engine -> columns.put(engine.key(), Map.of("engine", engine.key(), "device", "cpu")));
        }
        settings.device()
                .devices()
                .forEach(device -> columns.put(
                        "gpu:" + device.number(), Map.of("engine", asked, "device", "gpu:" + device.number())));
        return columns;
    }

    /**
     * Measures and reports.
     *
     * @param columns settings by name
     * @param seconds that each figure may take
     */
    static void run(Report report, Map<String, Map<String, String>> columns, double seconds) {
        machine(report, seconds);
        Map<String, Map<String, Double>> speeds = new LinkedHashMap<>();
        columns.forEach((name, settings) -> speeds.put(name, inItsOwnJvm(name, settings, seconds)));
        report.line("points/s", table(speeds)).field("pointsPerSecond", speeds);
    }

    private static void machine(Report report, double seconds) {
        MachineSpeed speed = MachineSpeed.measure();
        report.line(
                "bandwidth",
                String.format(
                        Locale.ROOT,
                        "writes %.1f GB/s, %.1f GB/s where it is fresh; copies %.1f GB/s",
                        speed.write(),
                        speed.fresh(),
                        speed.copy()));
        report.line("gemm", String.format(Locale.ROOT, "%.1f GFLOP/s, order 1024, float64", speed.gemm()));
        double matrices = matricesPerSecond(seconds);
        report.line("eigenvalues", Words.count(Math.round(matrices), "matrix") + " of 11 rows a second");
        report.field("machine", speed).field("matricesPerSecond", matrices);
    }

    private static double matricesPerSecond(double seconds) {
        try (INDArray random = RandomPoints.of(1, MATRICES, ORDER, ORDER).readRows(0, MATRICES);
                INDArray transposed = random.permute(0, 2, 1).dup('c');
                INDArray symmetric = random.add(transposed)) {
            Runnable solve = () -> Spectrum.batch(symmetric).values().close();
            Rate.best(MATRICES, seconds / 2, solve);
            return Rate.best(MATRICES, seconds / 2, solve);
        }
    }

    private static Map<String, Double> inItsOwnJvm(String name, Map<String, String> settings, double seconds) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        Map<String, String> all = new TreeMap<>(Settings.overrides());
        all.putAll(settings);
        all.forEach((key, value) -> command.add("-D" + Settings.PREFIX + key + "=" + value));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), EngineSpeeds.class.getName(), Double.toString(seconds)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return new Gson().fromJson(text, new TypeToken<Map<String, Double>>() {}.getType());
            }
            throw new IllegalStateException(
                    "bench: the JVM of " + name + " ended with exit code " + process.exitValue());
        } catch (IOException | JsonSyntaxException e) {
            throw new IllegalStateException("bench: " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("bench: interrupted", e);
        }
    }

    /** A column each; a dash where it can't. */
    private static String table(Map<String, Map<String, Double>> speeds) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-32s", ""));
        speeds.keySet().forEach(engine -> text.append(String.format(Locale.ROOT, "%12s", engine)));
        List<String> functions = speeds.values().stream()
                .flatMap(column -> column.keySet().stream())
                .distinct()
                .toList();
        for (String function : functions) {
            text.append(String.format(Locale.ROOT, "%n%-32s", function));
            for (Map<String, Double> column : speeds.values()) {
                Double speed = column.get(function);
                text.append(speed == null ? String.format("%12s", "-") : String.format(Locale.ROOT, "%,12.0f", speed));
            }
        }
        return text.toString();
    }
}
