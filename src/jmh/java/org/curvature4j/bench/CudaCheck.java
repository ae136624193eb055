package org.curvature4j.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code scripts/cuda-check}: every workload on the GPU, held against the CPU's results, with the speed-up. Exit code 0:
 * all agree; 1: something is wrong; 3: nothing was tested, because CUDA isn't usable here.
 */
public final class CudaCheck {
    private static final int PASSED = 0;
    private static final int WRONG = 1;
    private static final int NOT_TESTED = 3;
    private static final Duration OPEN_LIMIT = Duration.ofMinutes(4);
    private static final double TURN_S = 1;

    /** The smallest of each workload, and the batches that a GPU is for. */
    private static final List<String> TASKS = List.of(
            "single-point",
            "hessian-221:1e4",
            "hessian-221:1e6",
            "spectrum-221:1e4",
            "jacobian-tanh-2:1e5",
            "jacobian-tanh-16:1e5",
            "jacobian-tanh-64:1e4",
            "hessian-mlp-input:1e5",
            "hessian-mlp-params-385",
            "hvp-large",
            "monkey-saddle:1e6");

    private boolean failed;
    private boolean onGpu;

    private CudaCheck() {}

    /** Runs the check and ends the JVM. */
    public static void main(String[] arguments) throws IOException {
        System.exit(new CudaCheck().run(arguments.length > 0 ? List.of(arguments) : TASKS));
    }

    private int run(List<String> tasks) throws IOException {
        Path log = Files.createDirectories(Path.of("target", "bench")).resolve("cuda-check.log");
        for (int i = 0; i < tasks.size(); i++) {
            Task task;
            try {
                task = Task.of(tasks.get(i));
            } catch (IllegalArgumentException e) {
                System.err.println("cuda-check: " + e.getMessage());
                return 2;
            }
            try {
                check(task, log, i == 0);
            } catch (ContenderProcess.Failed e) {
                failed = true;
                System.out.printf("%-35s FAILED  %s (see %s)%n", task, e.getMessage(), log);
            }
        }
        if (failed) {
            System.out.println("FAIL: CUDA's results are wrong or missing; please report the lines above and " + log);
            return WRONG;
        }
        if (!onGpu) {
            System.out.println(
                    "NOT TESTED: no usable GPU here; the CUDA build fell back to the CPU, whose results agree");
            return NOT_TESTED;
        }
        System.out.println("PASS: the GPU's results agree with the CPU's");
        return PASSED;
    }

    private void check(Task task, Path log, boolean first) throws IOException, ContenderProcess.Failed {
        Path folder = TemporaryFolder.create();
        try (ContenderProcess cpu = ContenderProcess.start(Library.own("-Dcurvature4j.backend=cpu"), log);
                ContenderProcess cuda = ContenderProcess.start(Library.own("-Dcurvature4j.backend=cuda"), log)) {
            WorkloadInputs.write(task, folder);
            Map<String, String> request =
                    Map.of("do", "open", "workload", task.workload().id(), "inputs", folder.toString());
            cpu.ask(request, OPEN_LIMIT);
            JsonObject answer = cuda.ask(request, OPEN_LIMIT);
            onGpu = answer.get("backend").getAsString().equals("cuda");
            if (first) {
                System.out.println("backend  " + answer.get("backend").getAsString() + ": "
                        + answer.get("why").getAsString());
                answer.getAsJsonArray("devices")
                        .forEach(device -> System.out.println("device   " + device.getAsString()));
            }
            Contender reference = new Contender(cpu, OwnComputations.FRESH, true);
            Contender checked = new Contender(cuda, OwnComputations.FRESH, true);
            double difference = difference(task, reference, checked, folder);
            boolean agrees = difference <= task.workload().allowed();
            failed |= !agrees;
            System.out.printf(
                    Locale.ROOT,
                    "%-35s %s  difference %.1e%s%n",
                    task,
                    agrees ? "agrees" : "WRONG ",
                    difference,
                    onGpu ? ", " + speed(reference, checked) : "");
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private static String speed(Contender reference, Contender checked) throws ContenderProcess.Failed {
        double slow = seconds(reference);
        double fast = seconds(checked);
        return String.format(
                Locale.ROOT, "CPU %.3g ms, GPU %.3g ms: %.2f times as fast", 1e3 * slow, 1e3 * fast, slow / fast);
    }

    private static double seconds(Contender contender) throws ContenderProcess.Failed {
        double one = Statistics.median(contender.run(3));
        return Statistics.median(contender.run(Entrants.calls(one, TURN_S)));
    }

    private static double difference(Task task, Contender reference, Contender checked, Path folder)
            throws IOException, ContenderProcess.Failed {
        Path expected = Files.createDirectory(folder.resolve("cpu"));
        Path got = Files.createDirectory(folder.resolve("cuda"));
        reference.save(task, expected);
        checked.save(task, got);
        double worst = 0;
        for (int i = 0; i < task.workload().compared(); i++) {
            worst = Math.max(
                    worst,
                    ResultRows.difference(got.resolve("out" + i + ".npy"), expected.resolve("out" + i + ".npy")));
        }
        return worst;
    }
}
