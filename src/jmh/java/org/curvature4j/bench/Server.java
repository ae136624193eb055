package org.curvature4j.bench;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.BackendInfo;
import org.curvature4j.internal.engine.backend.MachineSpeed;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Java library as a contender, in a process of its own. It answers a line of JSON to each line on the standard input;
 * the requests are those of {@code scripts/peers/serve.py}.
 */
public final class Server {
    private static final Gson GSON = new Gson();

    private final JavaLibrary library;
    private Map<String, Supplier<Computation>> variants = Map.of();
    private final Map<String, Computation> prepared = new LinkedHashMap<>();

    private Server(JavaLibrary library) {
        this.library = library;
    }

    /** Serves the library of that name until the input ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Server server = new Server(JavaLibrary.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(GSON.toJson(server.answer(line)));
            answers.flush();
        }
    }

    private Map<String, ?> answer(String line) {
        try {
            JsonObject request = GSON.fromJson(line, JsonObject.class);
            return switch (request.get("do").getAsString()) {
                case "open" -> open(request);
                case "run" -> run(request);
                case "save" -> save(request);
                case "limits" -> MachineSpeed.measure().figures();
                default -> throw new IllegalArgumentException("request: not known: " + line);
            };
        } catch (RuntimeException | Error e) {
            // Told to the benchmark, which goes on without this variant.
            return Map.of("error", e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Map<String, ?> open(JsonObject request) {
        prepared.values().forEach(Computation::close);
        prepared.clear();
        BackendInfo backend = Backend.get().info();
        variants = library.variants(
                Workload.of(request.get("workload").getAsString()),
                new InputFiles(Path.of(request.get("inputs").getAsString())));
        List<String> names = new ArrayList<>(variants.keySet());
        return Map.of(
                "natural", names.subList(0, 1),
                "tuned", names.subList(1, names.size()),
                "version", library.version(),
                "backend", backend.name(),
                "why", backend.why(),
                "devices", backend.devices());
    }

    private Computation computation(JsonObject request) {
        String name = request.get("variant").getAsString();
        Computation known = prepared.get(name);
        if (known == null) {
            Supplier<Computation> variant = variants.get(name);
            if (variant == null) {
                throw new IllegalArgumentException("variant: expected one of " + variants.keySet() + ", got " + name);
            }
            known = variant.get();
            prepared.put(name, known);
        }
        return known;
    }

    private Map<String, ?> run(JsonObject request) {
        Computation computation = computation(request);
        double[] seconds = new double[request.get("calls").getAsInt()];
        for (int i = 0; i < seconds.length; i++) {
            long start = System.nanoTime();
            computation.release(computation.compute());
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        return Map.of("seconds", seconds);
    }

    private Map<String, ?> save(JsonObject request) {
        Computation computation = computation(request);
        List<Long> rows = request.getAsJsonArray("rows").asList().stream()
                .map(JsonElement::getAsLong)
                .toList();
        Path folder = Path.of(request.get("to").getAsString());
        List<INDArray> results = computation.results();
        for (int i = 0; i < results.size(); i++) {
            ResultRows.write(results.get(i), rows, folder.resolve("out" + i + ".npy"));
        }
        computation.release(results);
        return Map.of("outputs", results.size());
    }
}
