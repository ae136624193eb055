package org.curvature4j.cli;

import org.curvature4j.engine.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code curvature --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"curvature " + Versions.own() + " on Java " + Runtime.version()};
    }
}
