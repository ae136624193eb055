package org.curvature4j.internal.cli.options;

import org.curvature4j.internal.cli.report.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** MODEL, or a function that comes along. */
public final class FunctionOptions extends ModelOptions {
    @Option(names = "--function", paramLabel = "NAME", description = "A model that comes along, in place of --model.")
    private @Nullable String function;

    @Override
    public void check() {
        if (function != null) {
            if (given()) {
                throw new UsageException("--function, --model: expected one of them, got both");
            }
            ModelName.checkNamed("--function", function);
            use(function);
        }
        super.check();
    }

    /**
     * Checks the options, with a function for where they name none.
     *
     * @throws UsageException if they can't be meant
     */
    public void checkOr(String usual) {
        if (function == null && !given()) {
            function = usual;
        }
        check();
    }
}
