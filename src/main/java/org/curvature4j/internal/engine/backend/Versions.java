package org.curvature4j.internal.engine.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of this library and of those that it uses, as their builds wrote them into their jars. */
public final class Versions {

    private Versions() {}

    /** This library's version. */
    public static String own() {
        return read("/org/curvature4j/version.properties");
    }

    /** A library's version, by the coordinates of its jar; "unknown" where the jar doesn't say. */
    static String of(String group, String artifact) {
        return read("/META-INF/maven/" + group + "/" + artifact + "/pom.properties");
    }

    private static String read(String resource) {
        try (InputStream in = Versions.class.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(resource + ": " + e.getMessage(), e);
        }
    }
}
