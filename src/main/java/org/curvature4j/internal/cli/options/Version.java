package org.curvature4j.internal.cli.options;

import org.curvature4j.internal.engine.backend.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code curvature --version} prints. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"curvature " + Versions.own() + " on Java " + Runtime.version()};
    }
}
