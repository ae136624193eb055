package org.curvature4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets contenders compute in turns, so that a moment in which the machine does something else hits all. A turn is several
 * calls, of which the median counts; in a turn the other processes of the benchmark idle.
 */
final class Alternation {
    private static final int LEAST_ROUNDS = 5;
    private static final int MOST_ROUNDS = 15;
    /** Of contenders whose turns take long, only the first rounds. */
    private static final int ROUNDS_OF_THE_SLOW = 3;

    private static final double SLOW_S = 1.5;
    /** Threads of the one before may spin for a while. */
    private static final long PAUSE_MS = 15;

    /**
     * What a contender did.
     *
     * @param medians seconds of a call, of each turn; NaN where it sat a round out
     * @param slowest the 99th of 100 calls, seconds, over all turns
     */
    record Turns(List<Double> medians, double slowest) {}

    private final Map<Contender, Double> contenders;
    private final double turn;
    private final double budget;
    private final Consumer<String> failures;
    private final OtherLoad load = new OtherLoad();

    /**
     * @param contenders with about the seconds of a call
     * @param quickly shorter turns and fewer rounds
     * @param failures hears who fails
     */
    Alternation(Map<Contender, Double> contenders, boolean quickly, Consumer<String> failures) {
        this.contenders = new LinkedHashMap<>(contenders);
        this.turn = quickly ? 0.06 : 0.2;
        this.budget = quickly ? 3 : 12;
        this.failures = failures;
    }

    /** Runs rounds until the time is up. */
    Map<Contender, Turns> run() {
        Map<Contender, List<Double>> medians = new LinkedHashMap<>();
        Map<Contender, List<Double>> all = new LinkedHashMap<>();
        contenders.keySet().forEach(contender -> {
            medians.put(contender, new ArrayList<>());
            all.put(contender, new ArrayList<>());
        });
        long start = System.nanoTime();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (round >= LEAST_ROUNDS && (System.nanoTime() - start) / 1e9 > budget) {
                break;
            }
            for (Map.Entry<Contender, Double> entry : contenders.entrySet()) {
                double[] calls = turn(entry.getKey(), entry.getValue(), round);
                medians.get(entry.getKey()).add(Statistics.median(calls));
                Arrays.stream(calls).forEach(all.get(entry.getKey())::add);
            }
        }
        Map<Contender, Turns> turns = new LinkedHashMap<>();
        medians.forEach((contender, list) -> {
            if (list.stream().anyMatch(median -> !median.isNaN())) {
                turns.put(contender, new Turns(list, Statistics.quantile(0.99, all.get(contender))));
            }
        });
        return turns;
    }

    private double[] turn(Contender contender, double one, int round) {
        if (round >= ROUNDS_OF_THE_SLOW && one > SLOW_S) {
            return new double[0];
        }
        try {
            Thread.sleep(PAUSE_MS);
            if (one < turn / 2) {
                contender.run(1); // brings its code and inputs back into the caches
            }
            return load.during(contender.process(), () -> contender.run(Entrants.calls(one, turn)));
        } catch (ContenderProcess.Failed e) {
            failures.accept(contender.label() + ": " + e.getMessage());
            return new double[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("benchmark: interrupted", e);
        }
    }

    /** How many cores other programs used meanwhile, on average; NaN where the system doesn't tell. */
    double otherLoad() {
        return load.average();
    }
}
