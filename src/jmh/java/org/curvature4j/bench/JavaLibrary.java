package org.curvature4j.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Versions;
import org.hipparchus.analysis.differentiation.DSFactory;

/** The contenders that run in a JVM. */
enum JavaLibrary {
    /** This library. */
    OWN {
        @Override
        Map<String, Supplier<Computation>> variants(Workload workload, InputFiles inputs) {
            return OwnComputations.variants(workload, inputs);
        }

        @Override
        String version() {
            return "Curvature4j " + Versions.own() + ", "
                    + Backend.get().info().versions().entrySet().stream()
                            .filter(version -> !version.getKey().equals("Curvature4j"))
                            .map(version -> version.getKey() + " " + version.getValue())
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("");
        }
    },
    HIPPARCHUS {
        @Override
        Map<String, Supplier<Computation>> variants(Workload workload, InputFiles inputs) {
            return one("DerivativeStructure", () -> new HipparchusHessians(inputs.array("theta")));
        }

        @Override
        String version() {
            String jar = DSFactory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            return "Hipparchus " + jar.replaceAll(".*-([0-9.]+)\\.jar", "$1");
        }
    },
    SAMEDIFF {
        @Override
        Map<String, Supplier<Computation>> variants(Workload workload, InputFiles inputs) {
            return one("a call each row", () -> new SameDiffRows(inputs.array("theta")));
        }

        @Override
        String version() {
            return "SameDiff " + Backend.get().info().versions().get("ND4J");
        }
    };

    /** The variants of a workload; the first is the natural one. */
    abstract Map<String, Supplier<Computation>> variants(Workload workload, InputFiles inputs);

    abstract String version();

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Supplier<Computation>> one(String name, Supplier<Computation> variant) {
        Map<String, Supplier<Computation>> variants = new LinkedHashMap<>();
        variants.put(name, variant);
        return variants;
    }
}
