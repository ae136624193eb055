package org.curvature4j.fuzz;

import java.util.Optional;
import org.curvature4j.fuzz.Checks.Failure;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.samediff.ImportRules;

/** Checks graphs, and makes what fails small and readable. */
final class Campaign {
    private final ImportRules rules;
    private final Subject.Runner runner;

    Campaign(ImportRules rules, Subject.Runner runner) {
        this.rules = rules;
        this.runner = runner;
    }

    static Campaign standard() {
        return new Campaign(ImportRules.standard(), EngineRunner::evaluate);
    }

    Subject subject(Program program) {
        return new Subject(program, rules, runner);
    }

    /** A smallest program that fails as this one does, with the reason; empty if all is well. */
    Optional<Finding> finding(Program program) {
        return Checks.failure(subject(program)).map(failure -> shrunk(program, failure));
    }

    private Finding shrunk(Program program, Failure failure) {
        Program smallest = new Shrinker(candidate -> failure.check()
                        .failure(subject(candidate))
                        .filter(what -> kind(what).equals(kind(failure.what())))
                        .isPresent())
                .smallest(program);
        String what = failure.check().failure(subject(smallest)).orElse(failure.what());
        return new Finding(smallest, failure.check().name(), what);
    }

    /** Exceptions are told apart by their class, wrong sizes from wrong numbers. */
    private static String kind(String what) {
        if (what.startsWith("throws ")) {
            return what.split("[:\\s]", 3)[1];
        }
        return what.contains(" elements, got ") ? "size" : "number";
    }

    /**
     * A failing graph.
     *
     * @param check the name of the check that fails
     * @param what contradicts it
     */
    record Finding(Program program, String check, String what) {
        @Override
        public String toString() {
            return "seed " + program.seed() + ", " + check + ": " + what + "\n" + Printer.code(program) + "// output: "
                    + program.output().name() + "\n";
        }
    }
}
