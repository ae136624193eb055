package org.curvature4j.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Python and those of the other libraries that it has.
 *
 * @param program the interpreter
 * @param versions by the names of {@link Library}; of those that are there
 * @param missing those that aren't, each with the reason
 */
record Python(String program, Map<String, String> versions, Map<String, String> missing) {
    private static final Map<String, String> MODULES =
            Map.of(Library.JAX, "jax", Library.TORCH, "torch", Library.NUMPY, "numpy");
    /** Takes no part. */
    static final Python NONE = new Python("", Map.of(), Map.of());

    private static final int START_LIMIT_S = 120;

    /** Looks what a Python has, by importing it: a library that is there but broken isn't there. */
    static Python find(String program) {
        Map<String, String> versions = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (String name : List.of(Library.JAX, Library.TORCH, Library.NUMPY)) {
            String module = MODULES.get(name);
            String answer = output(
                    program,
                    "-c",
                    "import json, numpy, platform, " + module + "; print(json.dumps({'version': " + module
                            + ".__version__ + ', Python ' + platform.python_version()}))");
            if (answer.startsWith("{")) {
                versions.put(
                        name,
                        new Gson()
                                .fromJson(answer, JsonObject.class)
                                .get("version")
                                .getAsString());
            } else {
                missing.put(name, answer);
            }
        }
        return new Python(program, versions, missing);
    }

    /** The last line of what a program says. */
    private static String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(START_LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            List<String> lines = text.strip().lines().toList();
            return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("python: interrupted", e);
        }
    }

    boolean has(String name) {
        return versions.containsKey(name);
    }

    /** The command of a script of the peers, for a library. */
    List<String> script(String file, String name) {
        return List.of(
                program,
                "-W",
                "ignore",
                Path.of("scripts", "peers", file).toString(),
                String.valueOf(MODULES.get(name)));
    }

    Library library(String name, Map<String, String> environment) {
        return new Library(name, script("serve.py", name), environment, !name.equals(Library.NUMPY));
    }
}
