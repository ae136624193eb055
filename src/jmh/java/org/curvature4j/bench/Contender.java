package org.curvature4j.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One way of one library to compute a task.
 *
 * @param process that computes
 * @param variant its name
 * @param natural whether it is what a user writes first
 */
record Contender(ContenderProcess process, String variant, boolean natural) {
    /** Compiling a variant may take a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    Library library() {
        return process.library();
    }

    /** Seconds of each of so many calls. */
    double[] run(int calls) throws ContenderProcess.Failed {
        JsonObject answer = process.ask(request("run", "calls", calls), LIMIT);
        return answer.getAsJsonArray("seconds").asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    /** Saves results into a folder. */
    void save(Task task, Path folder) throws ContenderProcess.Failed {
        Map<String, Object> request = request("save", "rows", ResultRows.json(task.sample()));
        request.put("to", folder.toString());
        process.ask(request, LIMIT);
    }

    private Map<String, Object> request(String what, String key, Object value) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("do", what);
        request.put("variant", variant);
        request.put(key, value);
        return request;
    }

    /** Its name where several of a library are told apart. */
    String label() {
        return library().name() + ", " + variant + (library().hasHugePages() ? ", huge pages" : "");
    }
}
