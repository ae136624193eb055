package org.curvature4j.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.curvature4j.internal.cli.shell.Completion;
import org.curvature4j.internal.cli.shell.ManualPages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code curvature generate-share}: for the build of an archive, what an installation has in its folder share. */
@Command(name = "generate-share", hidden = true, description = "Writes pages for man and completion for shells.")
final class ShareCommand implements Callable<Integer> {
    private static final Map<String, String> COMPLETION = Map.of(
            "bash", "bash-completion/completions/curvature",
            "zsh", "zsh/site-functions/_curvature",
            "fish", "fish/vendor_completions.d/curvature.fish");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The folder to write them to.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        CommandLine root = Objects.requireNonNull(spec.parent()).commandLine();
        for (Map.Entry<String, String> page : ManualPages.of(root).entrySet()) {
            write("man/man1/" + page.getKey() + ".1", page.getValue());
        }
        for (String shell : Completion.SHELLS) {
            write(Objects.requireNonNull(COMPLETION.get(shell)), Completion.script(shell, root));
        }
        return CommandLine.ExitCode.OK;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
