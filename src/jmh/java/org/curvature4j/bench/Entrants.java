package org.curvature4j.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts the processes of a task and picks who takes part: of each library its natural variant, and the fastest of the
 * others where that is faster; of this library every variant.
 */
final class Entrants implements AutoCloseable {
    /** Each variant runs so long before it is judged, so that a JVM has compiled what it runs. */
    private static final double WARM_UP_S = 0.5;

    private static final double OWN_WARM_UP_S = 3;
    /** Such a variant takes 20 s to compile; with huge pages where they are tried, which it always gained by. */
    private static final String COMPILED = "compiled: ";

    private final List<ContenderProcess> processes = new ArrayList<>();
    private final Map<Contender, Double> seconds = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final boolean quickly;
    private final boolean hugePages;
    private final Consumer<String> failures;

    private Entrants(boolean quickly, boolean hugePages, Consumer<String> failures) {
        this.quickly = quickly;
        this.hugePages = hugePages;
        this.failures = failures;
    }

    /**
     * Starts all and tries their variants.
     *
     * @param inputs folder of the inputs
     * @param quickly without those that take long to compile
     * @param failures hears what doesn't take part, and why
     */
    static Entrants of(List<Library> libraries, Task task, Path inputs, boolean quickly, Consumer<String> failures) {
        Entrants entrants = new Entrants(quickly, libraries.stream().anyMatch(Library::hasHugePages), failures);
        for (Library library : libraries) {
            try {
                entrants.enter(library, task, inputs);
            } catch (ContenderProcess.Failed e) {
                failures.accept(library.name() + ": " + e.getMessage());
            }
        }
        return entrants;
    }

    private void enter(Library library, Task task, Path inputs) throws ContenderProcess.Failed {
        ContenderProcess process = ContenderProcess.start(library, inputs.resolve("log.txt"));
        processes.add(process);
        JsonObject offer = process.open(task, inputs);
        versions.put(library.name(), offer.get("version").getAsString());
        if (!library.hasHugePages()) {
            names(offer.getAsJsonArray("natural")).forEach(name -> attempt(new Contender(process, name, true)));
        }
        names(offer.getAsJsonArray("tuned")).stream()
                .filter(name -> !name.startsWith(COMPILED) || (!quickly && hugePages == library.hasHugePages()))
                .forEach(name -> attempt(new Contender(process, name, false)));
    }

    private static List<String> names(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    private void attempt(Contender contender) {
        try {
            double warmUp = (contender.library().isOurs() ? OWN_WARM_UP_S : WARM_UP_S) * (quickly ? 0.5 : 1);
            contender.run(1); // compiles it
            double least = contender.run(1)[0];
            double spent = least;
            while (spent < warmUp) {
                double[] some = contender.run(calls(least, warmUp / 5));
                spent += Arrays.stream(some).sum();
                least = Math.min(least, Arrays.stream(some).min().orElse(least));
            }
            seconds.put(contender, least);
        } catch (ContenderProcess.Failed e) {
            failures.accept(contender.label() + ": " + e.getMessage());
        }
    }

    /** Calls that fill a time. */
    static int calls(double one, double time) {
        return (int) Math.max(1, Math.min(20_000, time / Math.max(one, 1e-7)));
    }

    /** Those that take part, with the least seconds of a call. */
    Map<Contender, Double> chosen() {
        Map<Contender, Double> chosen = new LinkedHashMap<>();
        Map<String, Contender> best = new LinkedHashMap<>();
        seconds.forEach((contender, time) -> {
            boolean always = contender.library().isOurs() || contender.natural();
            if (always) {
                chosen.put(contender, time);
            }
            best.merge(
                    contender.library().name(),
                    contender,
                    (a, b) -> seconds.getOrDefault(b, time) < seconds.getOrDefault(a, time) ? b : a);
        });
        best.values().forEach(contender -> chosen.put(contender, seconds.getOrDefault(contender, Double.NaN)));
        return chosen;
    }

    /** Of the libraries that answered. */
    Map<String, String> versions() {
        return versions;
    }

    @Override
    public void close() {
        processes.forEach(ContenderProcess::close);
    }
}
