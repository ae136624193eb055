package org.curvature4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Another commit of this repository, built in a folder of its own, to be held against the one at hand. */
final class OtherCommit {
    private static final Path FOLDER = Path.of("target", "compare").toAbsolutePath();

    private OtherCommit() {}

    /**
     * Builds it, unless it is there from an earlier comparison, and gives its process.
     *
     * @param commit any name that git knows it by
     * @throws IllegalArgumentException if there is no such commit, or it doesn't build
     */
    static Library library(String commit) throws IOException {
        String sha = run(Path.of("."), "git", "rev-parse", "--verify", "--quiet", commit + "^{commit}");
        Path tree = FOLDER.resolve(sha);
        Path classpath = tree.resolve("target").resolve("bench.classpath");
        if (!Files.exists(classpath)) {
            if (!Files.exists(tree)) {
                run(Path.of("."), "git", "worktree", "prune");
                run(Path.of("."), "git", "worktree", "add", "--detach", tree.toString(), sha);
            }
            String build = "./mvnw -B -q -Pbench -DskipTests -Dlint.skip test-compile dependency:build-classpath"
                    + " -DincludeScope=test -Dmdep.outputFile=target/bench.classpath";
            run(tree, build.split(" "));
        }
        return Library.own(List.of(
                tree.resolve("target").resolve("bench-classes").toString(),
                tree.resolve("target").resolve("classes").toString(),
                Files.readString(classpath).strip()));
    }

    /** What a program says; its last words are the reason where it fails. */
    private static String run(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() == 0) {
                return text.strip();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        List<String> lines = text.strip().lines().toList();
        throw new IllegalArgumentException(
                "--compare: expected a commit that git knows and that builds, got a failure of "
                        + String.join(" ", command) + (lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1)));
    }
}
