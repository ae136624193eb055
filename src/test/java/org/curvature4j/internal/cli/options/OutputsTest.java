package org.curvature4j.internal.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.RootCommand;
import org.curvature4j.internal.cli.Run;
import org.curvature4j.internal.io.Claim;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;

/** What every command promises of the files that it writes; a command that isn't listed here fails. */
class OutputsTest {
    /** Those that write nothing. */
    private static final Set<String> READERS = Set.of("help", "jshell", "generate-completion", "generate-share");

    /** The options that name what is written; all others with files name what is read. */
    private static final Set<String> WRITTEN =
            Set.of("--out", "--plot", "--vectors", "--nodes", "--diagonal", "--at-start", "--report");

    @TempDir
    Path folder;

    @BeforeEach
    void data() throws IOException {
        Npy.write(folder.resolve("in.npy"), Nd4j.ones(4, 2).castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE));
        Npy.write(folder.resolve("square.npy"), Nd4j.eye(2).castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE));
        Files.createDirectory(folder.resolve("dir"));
    }

    /** Command lines that write all that the command can, by command; F is the folder. */
    private static Map<String, List<String>> commands() {
        String loss = " --model F/net.fb --data F/in.npy --targets F/in.npy --feed y=F/in.npy";
        String model = " --model tanh --points F/in.npy --feed y=F/in.npy";
        String rows = model + " --with z=F/in.npy";
        Map<String, List<String>> lines = new TreeMap<>();
        lines.put("demo", List.of("--out F/dir"));
        lines.put("study", List.of("--out F/dir"));
        lines.put("jacobian", List.of("--out F/o.npy" + rows, "--out F/dir" + rows));
        lines.put("hessian", List.of("--out F/o.npy --plot F/p.png" + rows, "--out F/dir --plot F/p.png" + rows));
        lines.put(
                "spectrum",
                List.of(
                        "--out F/o.npy --vectors F/v.npy --plot F/p.svg" + rows,
                        "--hessians F/square.npy --out F/dir --vectors F/v.npy"));
        lines.put("sensitivity", List.of("--out F/o.npy --plot F/p.png" + rows, "--out F/dir" + rows));
        lines.put("slice", List.of("--plot F/p.png" + model));
        lines.put(
                "saddle",
                List.of(
                        "--model tanh --feed y=F/in.npy --out F/o.npy --plot F/p.png",
                        "--model tanh --out F/dir --plot F/p.png"));
        lines.put("newton", List.of("--model tanh --start F/in.npy --feed y=F/in.npy --out F/o.npy --plot F/p.png"));
        lines.put(
                "train",
                List.of("--data F/in.npy --targets F/in.npy --widths 2-2 --out F/o.fb --at-start F/s.fb --plot"
                        + " F/p.png"));
        lines.put("lanczos", List.of("--out F/o.npy --plot F/p.png" + loss, "--out F/dir --plot F/p.png" + loss));
        lines.put("density", List.of("--out F/o.npy --nodes F/n.npy --plot F/p.png" + loss));
        lines.put("trace", List.of("--diagonal F/d.npy" + loss));
        lines.put("landscape", List.of("--out F/o.npy --plot F/p.png" + loss));
        lines.put("inspect", List.of("--model F/net.fb"));
        lines.put("merge", List.of("--out F/o.npy F/dir"));
        lines.put("models", List.of(""));
        lines.put("doctor", List.of(""));
        lines.replaceAll((command, all) ->
                all.stream().map(line -> "--report F/r.html " + line).toList());
        return lines;
    }

    private static Stream<List<String>> lines() {
        return commands().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(line -> Stream.concat(
                                Stream.of(entry.getKey()),
                                Arrays.stream(line.strip().split(" +")))
                        .toList()));
    }

    private String[] words(List<String> line) {
        return line.stream().map(word -> word.replace("F/", folder + "/")).toArray(String[]::new);
    }

    /** Where the values of the options that are written, or read, stand in a line. */
    private static List<Integer> places(List<String> line, boolean written) {
        List<Integer> places = new ArrayList<>();
        for (int i = 1; i < line.size(); i++) {
            boolean file = line.get(i).contains("F/");
            if (file && WRITTEN.contains(line.get(i - 1)) == written) {
                places.add(i);
            }
        }
        return places;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyOptionOfEveryCommandIsTried() {
        Map<String, CommandLine> all = new HashMap<>(RootCommand.line(List.of()).getSubcommands());
        all.keySet().removeAll(READERS);
        assertThat(commands().keySet()).isEqualTo(all.keySet());
        all.forEach((name, command) -> command.getCommandSpec().options().stream()
                .filter(option -> option.paramLabel().contains("FILE")
                        || option.paramLabel().contains("DIR"))
                .forEach(option -> assertThat(String.join(" ", commands().get(name)))
                        .as(name)
                        .contains(option.longestName() + " ")));
    }

    /** Two runs on one result: the one that came second is refused before it computes, and disturbs nothing. */
    @ParameterizedTest
    @MethodSource("lines")
    void isAloneWithEachOfItsFiles(List<String> line) throws IOException {
        for (int place : places(line, true)) {
            Path file = Path.of(words(line)[place]);
            List<String> before = names();
            Claim other = CompletableFuture.supplyAsync(
                            () -> Files.isDirectory(file) ? Claim.ofFolder(file) : Claim.of(file))
                    .join();
            try (other) {
                Run run = Run.of((Object[]) words(line));

                assertThat(run.err()).contains(file + ": can't be written: another run is writing it");
                assertThat(run.code()).isEqualTo(1);
                assertThat(run.out()).isEmpty();
            }
            assertThat(names()).isEqualTo(before);
        }
    }

    /** Each output as each input, by its own name, through a symbolic link, and through a hard link. */
    @ParameterizedTest
    @MethodSource("lines")
    @DisabledOnOs(OS.WINDOWS)
    void writesNothingThatItReads(List<String> line) throws IOException {
        for (int output : places(line, true)) {
            for (int input : places(line, false)) {
                String[] words = words(line);
                if (line.get(output).equals("F/dir")) {
                    continue; // below
                }
                Path file = Path.of(words[output]);
                Files.write(file, new byte[] {1});
                String ending = ending(words[input]);
                Path soft = Files.createSymbolicLink(folder.resolve("soft" + ending), file);
                Path hard = Files.createLink(folder.resolve("hard" + ending), file);
                for (Path alias : List.of(file, soft, hard)) {
                    String[] same = words.clone();
                    same[input] = words[input].substring(0, words[input].indexOf('=') + 1) + alias;

                    Run run = Run.of((Object[]) same);

                    refusal(
                            run,
                            line.get(output - 1),
                            line.get(input - 1),
                            ending(alias.toString()).equals(ending));
                    assertThat(file).hasBinaryContent(new byte[] {1});
                }
                Files.delete(file);
                Files.delete(soft);
                Files.delete(hard);
            }
        }
    }

    /** A file of another ending than the option takes may be refused for that. */
    private static void refusal(Run run, String output, String input, boolean fits) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        String expected = output + ": expected another file than those that are read";
        if (fits) {
            assertThat(run.err()).contains(expected);
        } else {
            assertThat(run.err()).containsAnyOf(expected, input + ": expected ");
        }
    }

    @Test
    void aFolderDoesNotTakeWhatIsRead() throws IOException {
        Path read = folder.resolve("dir/hessians.npy");
        Files.copy(folder.resolve("in.npy"), read);

        Run run = Run.of("hessian", "--model", "tanh", "--points", read, "--out", folder.resolve("dir"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("--out: expected another file than those that are read, got " + read
                        + ", which --points reads");
    }

    @ParameterizedTest
    @MethodSource("lines")
    @DisabledOnOs(OS.WINDOWS)
    void writesNoFileTwice(List<String> line) throws IOException {
        List<Integer> places = places(line, true);
        for (int first : places) {
            for (int second : places) {
                String[] words = words(line);
                if (first < second && ending(words[first]).equals(ending(words[second]))) {
                    words[second] = words[first];
                    Run run = Run.of((Object[]) words);
                    assertThat(run.code()).isEqualTo(2);
                    assertThat(run.err()).contains("files: expected a name of its own for each result");

                    Path link = Files.createSymbolicLink(
                            folder.resolve("link" + ending(words[first])), Path.of(words[first]));
                    words[second] = link.toString();
                    Run linked = Run.of((Object[]) words);
                    Files.delete(link);
                    assertThat(linked.code()).isEqualTo(2);
                    assertThat(linked.err()).contains("files: expected a name of its own", "which are one file");
                }
            }
        }
    }

    private static String ending(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToNothingIsFollowedByEveryKindOfFile() throws IOException {
        for (String name : List.of("h.npy", "h.png")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("real-" + name));
        }

        Run run = Run.of(
                "hessian",
                "--model",
                "quadratic",
                "--random",
                1,
                "--out",
                folder.resolve("h.npy"),
                "--plot",
                folder.resolve("h.png"));

        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("h.npy")).isSymbolicLink();
        assertThat(folder.resolve("h.png")).isSymbolicLink();
        assertThat(names()).contains("real-h.npy", "real-h.png").doesNotContain(".real-h.npy.lock");
    }
}
