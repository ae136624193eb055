package org.curvature4j.internal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.BackendInfo;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.text.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature doctor}. */
@Command(
        name = "doctor",
        customSynopsis = "curvature doctor",
        sortOptions = false,
        description = {
            "What computes here, and why.",
            "Versions, backend, GPUs, threads, memory, BLAS, and a small check."
        },
        footer = {
            "",
            "Examples:",
            "  curvature doctor",
            "  curvature doctor --backend cuda",
            "  curvature doctor --json",
            "  curvature doctor --bench"
        })
final class DoctorCommand extends CurvatureCommand {
    @Option(
            names = "--bench",
            description = {
                "Measure this machine too, for a minute.",
                "Memory, gemm, eigenvalues, points a second by each",
                "engine and on each GPU."
            })
    private boolean bench;

    @Override
    void run(Report report) {
        BackendInfo info = Backend.get().info();
        Settings settings = info.settings();
        report.line("backend", info.name() + ": " + info.why());
        report.line(label(info.devices()), String.join("\n", info.devices()));
        GpuReport.add(report, settings.device());
        report.line("engine", settings.engine().key());
        report.line("blas", info.blas());
        report.line("threads", Words.count(settings.threads(), "worker"));
        report.line(
                "tiles",
                settings.tile() == 0
                        ? "of a size chosen for each function"
                        : Words.count(settings.tile(), "point") + " each");
        report.line(
                "memory",
                info.limits().entrySet().stream()
                        .map(limit ->
                                String.format(Locale.ROOT, "%-10s %s", limit.getKey(), Numbers.bytes(limit.getValue())))
                        .collect(Collectors.joining("\n")));
        Map<String, String> defaults = Settings.defaults(info.name());
        Map<String, String> overrides = Settings.overrides();
        report.line("settings", pairs(defaults) + " (profiles/" + info.name() + ".properties)");
        report.line("overridden", overrides.isEmpty() ? "nothing" : pairs(overrides));
        report.line(
                "versions",
                info.versions().entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining("\n")));
        report.field("backend", info.name())
                .field("asked", info.asked())
                .field("fellBack", info.fellBack())
                .field("why", info.why())
                .field("devices", info.devices())
                .field("blas", info.blas())
                .field("engine", settings.engine().key())
                .field("threads", settings.threads())
                .field("memory", settings.memory())
                .field("tile", settings.tile())
                .field("limits", info.limits())
                .field("defaults", defaults)
                .field("overrides", overrides)
                .field("versions", new LinkedHashMap<>(info.versions()));
        SelfCheck.run(report);
        if (bench) {
            DoctorBench.run(report, DoctorBench.columns(settings), DoctorBench.SECONDS);
        }
    }

    private static String label(List<String> devices) {
        return devices.size() == 1 ? "device" : "devices";
    }

    private static String pairs(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
