package org.curvature4j.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A library's process, which answers requests one at a time and idles between them. */
final class ContenderProcess implements AutoCloseable {
    /** A contender that doesn't answer, or says that it can't. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    private static final Duration OPEN_LIMIT = Duration.ofMinutes(2);
    private static final Gson GSON = new Gson();
    private static final String END = "";

    private final Library library;
    private final Process process;
    private final Writer requests;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ContenderProcess(Library library, Process process) {
        this.library = library;
        this.process = process;
        this.requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "answers of " + library.name());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param log takes what it says besides answers
     */
    static ContenderProcess start(Library library, Path log) throws Failed {
        ProcessBuilder builder = new ProcessBuilder(library.command());
        builder.environment().putAll(library.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new ContenderProcess(library, builder.start());
        } catch (IOException e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(answers::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // The end of the process is the end of its answers.
        }
        answers.add(END);
    }

    /**
     * Has it take a task's inputs.
     *
     * @return its variants and version
     */
    JsonObject open(Task task, Path inputs) throws Failed {
        return ask(Map.of("do", "open", "workload", task.workload().id(), "inputs", inputs.toString()), OPEN_LIMIT);
    }

    /**
     * Asks and waits.
     *
     * @param limit after which the process is ended
     */
    JsonObject ask(Map<String, ?> request, Duration limit) throws Failed {
        try {
            requests.write(GSON.toJson(request) + "\n");
            requests.flush();
            String line = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                close();
                throw new Failed("no answer in " + limit.toSeconds() + " s");
            }
            if (line.equals(END)) {
                throw new Failed("it ended" + (process.isAlive() ? "" : " with exit code " + process.exitValue()));
            }
            JsonObject answer = GSON.fromJson(line, JsonObject.class);
            if (answer.has("error")) {
                throw new Failed(answer.get("error").getAsString());
            }
            return answer;
        } catch (IOException e) {
            throw new Failed("it ended: " + e.getMessage());
        } catch (JsonSyntaxException e) {
            throw new Failed("its answer isn't understood: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }

    Library library() {
        return library;
    }

    /** Its largest resident set so far; NaN where the system doesn't tell. */
    double residentMib() {
        double mib = ResidentMemory.mib(process, ResidentMemory.LARGEST);
        return mib == 0 ? Double.NaN : mib;
    }

    /** CPU time that it has used, where the system tells. */
    Optional<Duration> cpu() {
        return process.info().totalCpuDuration();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
