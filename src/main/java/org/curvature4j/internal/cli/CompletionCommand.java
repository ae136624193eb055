package org.curvature4j.internal.cli;

import java.util.Objects;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.shell.Completion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code curvature generate-completion}: for the shell of a checkout; what is installed has the scripts as files. */
@Command(
        name = "generate-completion",
        hidden = true,
        description = {
            "Prints what has a shell complete this program's words.",
            "In bash: source <(curvature generate-completion)"
        })
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash, unless given, zsh or fish.")
    private @Nullable String shell;

    @Override
    public void run() {
        CommandLine root = Objects.requireNonNull(spec.parent()).commandLine();
        String chosen = shell == null ? "bash" : shell;
        Choice.require("SHELL", Completion.SHELLS, chosen);
        root.getOut().print(Completion.script(chosen, root));
        root.getOut().flush();
    }
}
