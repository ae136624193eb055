package org.curvature4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told from the command line alone: help, versions, and exit code 2. */
class UsageTest {
    @Test
    void listsTheCommands() {
        Run run = Run.of("--help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("jacobian", "hessian", "doctor").doesNotContain("generate-completion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jacobian", "hessian", "doctor"})
    void explainsEachCommandWithExamples(String command) {
        Run run = Run.of(command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: curvature " + command)
                .contains("--json", "--threads", "Examples:", "  curvature " + command + " ");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void tellsTheVersion() {
        Run run = Run.of("--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).matches("curvature \\d+\\.\\d+\\.\\d+ on Java .*\\R");
    }

    @Test
    void completesItselfInShells() {
        assertThat(Run.of("generate-completion").out()).contains("complete", "hessian");
    }

    @Test
    void needsACommand() {
        Run run = Run.of();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Commands:", "expected a command, got none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hesian | Did you mean: curvature hessian",
                "hessian | --out",
                "hessian --out H.npy | --model: expected a file or a name, got none",
                "hessian --model nobody --out H.npy | expected a file written by SameDiff.save, or one of tanh,",
                "hessian --model mlp:4 --random 1 --out H.npy | --model: expected two or more widths",
                "hessian --model mlp:4-1:cubic --random 1 --out H.npy | expected one of tanh, sigmoid",
                "hessian --model tanh --random 1 --points a.npy --out H.npy | --points, --random: expected one of them",
                "hessian --model tanh --random 0 --out H.npy | --random: expected at least 1 point, got 0",
                "hessian --model tanh --random some --out H.npy | 'some' is not a long",
                "hessian --model tanh --random 1 --out H.csv | --out: expected a file name ending in .npy, got H.csv",
                "hessian --model tanh --random 1 --output-index -1 --out H.npy | --output-index: expected 0 or more",
                "hessian --model tanh --input x --wrt W --random 1 --out H.npy | --input, --wrt: expected one of them",
                "hessian --model tanh --shape x=a --random 1 --out H.npy | --shape: expected sizes as in x=1,28,28",
                "hessian --model tanh --feed x --random 1 --out H.npy | --feed",
                "hessian --model tanh --random 1 --out H.npy --color | --color",
                "doctor --threads many | --threads: expected a whole number",
                "doctor --memory 0 | --memory: expected a number of bytes above 0",
                "doctor --tile -1 | --tile: expected a whole number",
                "doctor --backend tpu | --backend: expected one of cpu, cuda, got 'tpu'",
            })
    void refusesWhatCannotBeMeant(String line, String message) {
        Run run;
        try {
            run = Run.of((Object[]) line.split(" "));
        } finally {
            for (String key : new String[] {"threads", "memory", "tile", "backend"}) {
                System.clearProperty("curvature4j." + key);
            }
        }
        assertThat(run.err()).contains(message).contains("--help").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }
}
