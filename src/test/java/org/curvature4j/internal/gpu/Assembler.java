package org.curvature4j.internal.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** NVIDIA's assembler of PTX, {@code ptxas}, where a toolkit is on the path. */
public final class Assembler {
    /** What kernels are assembled for, as far as it knows them: from Volta to Blackwell. */
    public static final List<Integer> TARGETS = List.of(70, 75, 80, 90, 100, 120);

    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SPILLS = Pattern.compile("(\\d+) bytes spill stores, (\\d+) bytes spill loads");
    private static final Pattern TARGET = Pattern.compile("'sm_(\\d+)'");

    private final Path program;

    private Assembler(Path program) {
        this.program = program;
    }

    /** What a text's kernels came to on a target: registers of the largest, and bytes that didn't fit into registers. */
    public record Report(int target, int registers, int spilledBytes) {}

    /** The one on the path. */
    public static Optional<Assembler> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "ptxas"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Assembler::new);
    }

    /** The one on the path; without one the calling test is skipped. */
    public static Assembler orSkip() {
        Optional<Assembler> assembler = find();
        Assumptions.assumeTrue(assembler.isPresent(), "ptxas: expected NVIDIA's assembler on the path, got none");
        return assembler.orElseThrow();
    }

    /** Those of the targets that it knows: 90 for compute capability 9.0. */
    public List<Integer> known(List<Integer> targets) throws IOException, InterruptedException {
        TreeSet<Integer> known = new TreeSet<>();
        Matcher matcher = TARGET.matcher(run(List.of("--help")));
        while (matcher.find()) {
            known.add(Integer.valueOf(matcher.group(1)));
        }
        return targets.stream().filter(known::contains).toList();
    }

    /**
     * Assembles a text.
     *
     * @throws IllegalArgumentException if it is refused, with what the assembler says
     */
    public Report assemble(String ptx, int target) throws IOException, InterruptedException {
        Path text = Files.createTempFile("kernel", ".ptx");
        Path code = Files.createTempFile("kernel", ".cubin");
        try {
            Files.writeString(text, ptx);
            String words = run(List.of("-arch=sm_" + target, "-v", "-o", code.toString(), text.toString()));
            return new Report(target, largest(REGISTERS, words), largest(SPILLS, words));
        } finally {
            Files.delete(text);
            Files.delete(code);
        }
    }

    private static int largest(Pattern pattern, String words) {
        return pattern.matcher(words)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
    }

    private String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalArgumentException("ptxas: expected a text that it takes, got: " + words);
        }
        return words;
    }
}
