package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.curvature4j.internal.engine.backend.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told from the command line alone: help, versions, and exit code 2. */
class UsageTest {
    /** A misspelt option leaves a required one missing; it is the former that helps. */
    @Test
    void namesTheUnknownOptionBeforeAMissingOne() {
        Run run = Run.of("hessian", "--model", "tanh", "--outt", "H.npy");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("curvature: --outt: unknown option (did you mean '--out'?)");
        assertThat(Run.of("hessian", "--modell", "two-two-one").err())
                .contains("curvature: --modell: unknown option (did you mean '--model'?)");
        assertThat(Run.of("hessian", "--model", "tanh", "--random", 1, "--out", "-")
                        .err())
                .contains("--out: expected a name, got - (results aren't written to standard output");
    }

    @Test
    void listsTheCommands() {
        Run run = Run.of("--help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "demo",
                        "jacobian",
                        "hessian",
                        "spectrum",
                        "sensitivity",
                        "slice",
                        "saddle",
                        "train",
                        "newton",
                        "lanczos",
                        "density",
                        "trace",
                        "landscape",
                        "inspect",
                        "models",
                        "study",
                        "doctor")
                .doesNotContain("generate-completion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "jacobian",
                "hessian",
                "spectrum",
                "sensitivity",
                "slice",
                "saddle",
                "train",
                "newton",
                "lanczos",
                "density",
                "trace",
                "landscape",
                "inspect",
                "models",
                "study",
                "doctor"
            })
    void explainsEachCommandWithExamples(String command) {
        Run run = Run.of(command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: curvature " + command)
                .contains("--json", "--threads", "Examples:", "  curvature " + command + " ");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void namesEveryEngine(Engine engine) {
        assertThat(Run.of("hessian", "--help").out()).containsPattern("One of .*\\b" + engine.key() + "\\b");
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
                "hesian | expected a command, got 'hesian' (did you mean 'hessian'?)",
                "help hesian | (did you mean 'hessian'?)",
                "hessian now --out H.npy | expected options, got 'now'",
                "hessian --model two-two-on --random 1 --out H.npy | (did you mean 'two-two-one'?)",
                "newton --function rosenbrok | curvature: --function: expected one of tanh",
                "newton --function rosenbrok | got 'rosenbrok' (did you mean 'rosenbrock'?)",
                "newton --function rosenbrock --method nweton | got 'nweton' (did you mean 'newton'?)",
                "lanczos --model n.fb --matrix hesian | got 'hesian' (did you mean 'hessian'?)",
                "hessian | --model: expected a file or a name, got none",
                "hessian --model two-two-one --random 100 | --out: expected a file or a folder for 100 matrices of 11 x 11, got none",
                "hessian --model quadratic --random 1 --packed | --packed: expected --out, whose matrices are packed, got none",
                "density --model n.fb --out - | --out: expected a name, got -",
                "saddle --out - | --out: expected a name, got -",
                "train --out - | --out: expected a name, got -",
                "hessian --out H.npy | --model: expected a file or a name, got none",
                "hessian --model nobody --out H.npy | expected a file written by SameDiff.save, an ONNX model, a network of Deeplearning4j, or one of tanh,",
                "hessian --model mlp:4 --random 1 --out H.npy | --model: expected two or more widths",
                "hessian --model mlp:4-1:cubic --random 1 --out H.npy | expected one of tanh, sigmoid",
                "hessian --model tanh --random 1 --points a.npy --out H.npy | --points, --random: expected one of them",
                "hessian --model tanh --random 0 --out H.npy | --random: expected 1 or more, got 0",
                "hessian --model tanh --random some --out H.npy | --random: expected a whole number, 1 or more, got 'some'",
                "hessian --model tanh --random 1e3 --out H.npy | --random: expected a whole number, 1 or more, got '1e3'",
                "hessian --model tanh --random 99999999999999999999 --out H.npy | --random: expected at most 9223372036854775807, got 9",
                "hessian --model mlp:99999999999-1 --random 1 | --model: expected two or more widths of 1 to 999999999",
                "hessian --model mlp:99999-99999-1 --random 1 | --model: expected at most 100,000,000 parameters, got 10,",
                "saddle --grid 1000000000000 --plot s.png | --grid: expected at most 2147483647, got 1000000000000",
                "saddle --range -1e200:1e200 --plot s.png | --range: expected two numbers within ±1e150",
                "saddle --range 1e-320:2e-320 --plot s.png | --range: expected two numbers within ±1e150 that differ",
                "saddle --range 1:1.0000000001 --plot s.png | --range: expected two numbers within ±1e150 that differ",
                "doctor --tile 9999999999 | --tile: expected at most 2147483647, got '9999999999'",
                "hessian --model tanh --random 1 --out H.csv | --out: expected a file name ending in .npy, or a folder, got H.csv",
                "hessian --model tanh --random 1 --output-index -1 --out H.npy | --output-index: expected 0 or more",
                "hessian --model tanh --input x --wrt W --random 1 --out H.npy | --input, --wrt: expected one of them",
                "hessian --model tanh --shape x=a --random 1 --out H.npy | --shape: expected sizes as in x=1,28,28",
                "hessian --model tanh --feed x --random 1 --out H.npy | --feed: expected NAME=FILE, got 'x'",
                "hessian --model tanh --random 1 --out H.npy --color | --color",
                "hessian --model tanh --random 1 --out H.npy --plot H.pdf | --plot: expected a file name ending in .png or .svg",
                "hessian --model tanh --random 1 --seed 1 --seed 2 --out H.npy | --seed: expected once, got again",
                "hessian --model tanh --random 1 --out A.npy --out B.npy | --out: expected once, got again",
                "hessian --model tanh --points= --out H.npy | --points: expected a file name, got nothing",
                "spectrum --hessians= | --hessians: expected a file name, got nothing",
                "hessian --model tanh --random 1 --checkpoint 0 --out H.npy | --checkpoint: expected seconds above 0",
                "hessian --model tanh --random 1 --checkpoint 5 | --checkpoint: expected --out, of which so much may be lost",
                "spectrum --model tanh --random 1 --checkpoint 5 | --checkpoint: expected --out, of which so much may",
                "hessian --model rosenbrock --random 1 --index 1 | --index: expected --plot, --show, --report or a folder after --out",
                "hessian --model rosenbrock --random 1 --out H.npy --index 0 | --index: expected --plot, --show, --report or a folder",
                "hessian --model rosenbrock --random 1 --wrt point,point | --wrt: expected each name once, got 'point' again",
                "lanczos --model n.fb --data digits --wrt W1 --wrt W1 | --wrt: expected each name once, got 'W1' again",
                "newton --function rosenbrock --method newton,newton | --method: expected each name once, got 'newton' again",
                "hessian --model tanh --feed x=a.npy --feed x=b.npy | --feed: expected each name once, got 'x' again",
                "hessian --model tanh --with x=a.npy --with x=b.npy | --with: expected each name once, got 'x' again",
                "hessian --model tanh --shape x=1 --shape x=2 | --shape: expected each name once, got 'x' again",
                "spectrum --hessians H.npy --output y | --hessians: expected no model and no points beside it, got some",
                "spectrum --hessians H.npy --wrt a --feed b=c.npy | --hessians: expected no model and no points beside it",
                "spectrum --model tanh --random 1 --resume | --resume: expected --out, which tells what to go on with",
                "spectrum --model tanh --random 1 --packed | --packed: expected --hessians, whose matrices are packed",
                "spectrum --hessians H.npy --vectors | --vectors: expected a file name ending in .npy, or a folder",
                "spectrum --hessians H.npy --model tanh --out E.npy | --hessians: expected no model and no points beside it",
                "spectrum --hessians H.npy --random 1 --out E.npy | --hessians: expected no model and no points beside it",
                "spectrum --out E.npy | --model: expected a file or a name, got none",
                "spectrum --hessians H.npy --out E.npy --vectors ./E.npy | expected a name of its own for each result",
                "spectrum --hessians H.npy --tolerance -1 | --tolerance: expected a finite number of at least 0",
                "spectrum --hessians H.npy --index -1 | --index: expected 0 or more",
                "slice --model quadratic --random 1 --direction up --plot s.png | --direction: expected fastest, flattest or",
                "slice --model quadratic --random 1 --direction -1 --plot s.png | counted from 0 in ascending order, got '-1'",
                "slice --model quadratic --random 1 --range 2:-2 --plot s.png | --range: expected two ascending numbers",
                "slice --model quadratic --random 1 --range 2 --plot s.png | --range: expected two ascending numbers",
                "slice --model quadratic --random 1 --steps 1 --plot s.png | --steps: expected 2 to",
                "slice --model quadratic --random 1 | --plot, --show, --report: expected at least one of them, got none",
                "saddle | --plot, --show, --out, --report: expected at least one of them, got none",
                "saddle --function nobody --plot s.png | --function: expected one of tanh,",
                "saddle --function quadratic --model quadratic --plot s.png | --function, --model: expected one of them",
                "saddle --grid 1 --plot s.png | --grid: expected 2 to",
                "saddle --range a:b --plot s.png | --range: expected two ascending numbers",
                "inspect | --model: expected FILE",
                "demo --seed x | --seed: expected a whole number, got 'x'",
                "study --seed x | --seed: expected a whole number, got 'x'",
                "doctor --threads many | --threads: expected a whole number",
                "doctor --memory 0 | --memory: expected a number of bytes above 0",
                "doctor --tile -1 | --tile: expected a whole number",
                "doctor --engine steam | --engine: expected one of auto, fused, loops, plan",
                "doctor --device tpu | --device: expected auto, cpu, gpu or gpu:N as in gpu:1, got 'tpu'",
                "doctor --backend tpu | --backend: expected one of cpu, cuda, got 'tpu'",
            })
    void refusesWhatCannotBeMeant(String line, String message) {
        Run run;
        try {
            run = Run.of((Object[]) line.split(" "));
        } finally {
            for (String key : new String[] {"threads", "memory", "tile", "backend", "engine", "device"}) {
                System.clearProperty("curvature4j." + key);
            }
        }
        assertThat(run.err()).contains(message).contains("--help").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }
}
