package org.curvature4j.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.io.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scripts/bench}. */
@Command(
        name = "bench",
        customSynopsis = "scripts/bench [OPTION]...",
        sortOptions = false,
        description = {
            "Curvature4j and the other libraries found, on the same inputs in turns.",
            "Results are held against each other; one table, with what the machine itself does."
        },
        footer = {
            "",
            "JAX, PyTorch and NumPy are used where a Python has them: --python, $CURVATURE_PYTHON or python3.",
            "Exit code 1: results differ by more than 1e-10 of the largest number, 1e-6 for lanczos-large",
            "and density-digits, 1e-5 in float32."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String HINT =
            " (python3 -m venv V && V/bin/pip install numpy jax torch, then --python V/bin/python)";
    private static final Path PUBLISHED = Path.of("docs", "benchmarks");
    private static final Duration LIMITS_TIME = Duration.ofMinutes(2);

    /** Where contenders compute. */
    enum Device {
        CPU,
        GPU
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--quick",
            description = "About a minute: small sizes, short turns, nothing that compiles for long.")
    private boolean quick;

    @Option(
            names = "--workload",
            paramLabel = "W",
            split = ",",
            description = "Some only, as in hessian-221 or hessian-221:1e5.")
    private List<String> workloads = List.of();

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu",
            description = "Where all compute; cpu unless given. With gpu this library's CPU takes part too.")
    private Device device = Device.CPU;

    @Option(
            names = "--compare",
            paramLabel = "COMMIT",
            description = "This library alone, in turns with another commit of it, which is built for that.")
    private @Nullable String compare;

    @Option(names = "--python", paramLabel = "PATH", description = "The Python with the other libraries.")
    private @Nullable String python;

    @Option(names = "--out", paramLabel = "DIR", description = "Where results.json and results.md go (target/bench).")
    private Path out = Path.of("target", "bench");

    @Option(names = "--publish", description = "Into docs/benchmarks too, by date and machine, and into the README.")
    private boolean publish;

    @Option(
            names = "--readme",
            description = "Measure nothing; make the page and the README's table from the newest of docs/benchmarks.")
    private boolean readme;

    @Option(names = "--list", description = "Measure nothing; list the workloads.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /** Runs the benchmark and ends the JVM. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, failed, parsed) -> {
            failed.getErr().println("bench: " + e.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter screen = spec.commandLine().getOut();
        if (list) {
            Arrays.stream(Workload.values())
                    .forEach(workload -> screen.printf("%-25s %s%n", workload.id(), workload.description()));
            screen.printf("%-25s %s%n", StreamedRun.ID, "ten million spectra to a file: time and memory");
            return 0;
        }
        if (readme) {
            show(Report.newest(PUBLISHED));
            return 0;
        }
        List<Task> tasks = tasks();
        Files.createDirectories(out);
        Results results = measured(tasks);
        screen.println(new Report(results).page());
        screen.println("written to " + out.resolve("results.md") + " and .json");
        if (publish) {
            Files.createDirectories(PUBLISHED);
            String name = results.machine().fileName() + (onGpu() ? Report.ON_GPU : "");
            new Report(results).write(PUBLISHED, name);
            if (!onGpu()) {
                show(PUBLISHED.resolve(name + ".json"));
            }
        }
        return agree(results) ? 0 : 1;
    }

    private static void show(Path published) {
        String page = published.toString().replace('\\', '/').replaceAll("json$", "md");
        Report report = new Report(Json.read(published, Results.class));
        AtomicFile.writeText(Path.of(page), report.page());
        report.updateReadme(Path.of("README.md"), page);
    }

    private boolean onGpu() {
        return device == Device.GPU;
    }

    private boolean streams() {
        return workloads.isEmpty() ? !quick : workloads.contains(StreamedRun.ID);
    }

    private List<Task> tasks() {
        try {
            if (workloads.isEmpty()) {
                return Arrays.stream(Workload.values())
                        .flatMap(workload -> workload.tasks(quick, onGpu()).stream())
                        .toList();
            }
            List<Task> tasks = new ArrayList<>();
            for (String text : workloads) {
                if (text.equals(StreamedRun.ID)) {
                    continue; // not a task: it has nobody to take turns with
                }
                if (text.contains(":")) {
                    tasks.add(Task.of(text));
                } else {
                    Workload workload = Workload.of(text);
                    List<Task> sizes = workload.tasks(quick, onGpu());
                    tasks.addAll(sizes.isEmpty() ? workload.tasks(false, false).subList(0, 1) : sizes);
                }
            }
            return tasks;
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Results measured(List<Task> tasks) throws IOException {
        PrintWriter progress = spec.commandLine().getErr();
        Machine machine = Machine.here();
        List<String> notes = new ArrayList<>();
        @Nullable Library other = compare == null ? null : OtherCommit.library(compare);
        Python found = other == null ? Python.find(program()) : Python.NONE;
        found.missing()
                .forEach((name, why) -> notes.add(name + " isn't measured: " + found.program() + ": " + why + HINT));
        notes.forEach(progress::println);
        if (quick) {
            notes.add("a quick run: short turns, few rounds, without what takes long to compile (torch.compile)");
        }
        Map<String, String> versions = new LinkedHashMap<>();
        Map<String, Double> limits = limits(found, notes);
        List<TaskResult> done = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            progress.printf("%d of %d: %s%n", i + 1, tasks.size(), task);
            if (4 * task.resultBytes() > Machine.availableMemory()) {
                notes.add(task + ": left out, for want of memory");
                continue;
            }
            TaskRun run = new TaskRun(task, quick);
            done.add(run.run(other == null ? Library.all(task, found, onGpu()) : List.of(Library.own(onGpu()), other)));
            versions.putAll(run.versions());
            // After each, so that a run that is stopped has left what it did.
            new Report(new Results(machine, versions, limits, done, List.of(), notes)).write(out, "results");
        }
        Results results = new Results(machine, versions, limits, done, streamed(found, notes), notes);
        new Report(results).write(out, "results");
        return results;
    }

    private List<StreamedRun> streamed(Python found, List<String> notes) {
        if (!streams() || compare != null) {
            return List.of();
        }
        spec.commandLine().getErr().println(StreamedRun.ID);
        return StreamedRun.all(onGpu(), found, notes::add);
    }

    private String program() {
        String asked = python == null ? System.getenv("CURVATURE_PYTHON") : python;
        return asked == null || asked.isEmpty() ? "python3" : asked;
    }

    /** What the machine does by itself, by this library's means and by the others'. */
    private Map<String, Double> limits(Python found, List<String> notes) {
        List<Library> libraries = new ArrayList<>(List.of(Library.own(onGpu())));
        found.versions().keySet().forEach(name -> libraries.add(found.library(name, Library.devices(onGpu()))));
        Map<String, Double> limits = new LinkedHashMap<>();
        for (Library library : libraries) {
            try (ContenderProcess process = ContenderProcess.start(library, out.resolve("log.txt"))) {
                process.ask(Map.of("do", "limits"), LIMITS_TIME)
                        .entrySet()
                        .forEach(limit -> limits.put(
                                library.isOwn()
                                        ? limit.getKey()
                                        : "gemm of " + library.name().replace(" by hand", "") + ", GFLOP/s",
                                limit.getValue().getAsDouble()));
            } catch (ContenderProcess.Failed e) {
                notes.add("limits of " + library.name() + ": " + e.getMessage());
            }
        }
        return limits;
    }

    private boolean agree(Results results) {
        boolean agree = true;
        for (TaskResult task : results.tasks()) {
            for (Measurement one : task.measurements()) {
                if (!(one.difference() <= task.task().workload().allowed())) {
                    agree = false;
                    spec.commandLine()
                            .getErr()
                            .printf(
                                    "bench: %s: %s, %s differs from ours by %.1e of the largest number%n",
                                    task.task(), one.library(), one.variant(), one.difference());
                }
            }
        }
        for (StreamedRun run : results.streamed()) {
            if (!(run.difference() <= Workload.SPECTRUM_221.allowed())) {
                agree = false;
                spec.commandLine()
                        .getErr()
                        .printf(
                                "bench: %s: %s differs from ours by %.1e of the largest number%n",
                                StreamedRun.ID, run.name(), run.difference());
            }
        }
        return agree;
    }
}
