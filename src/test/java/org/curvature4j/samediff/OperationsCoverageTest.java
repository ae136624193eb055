package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.factory.Nd4j;

/** Every operation that ND4J registers has a rule, or is refused with a reason. */
class OperationsCoverageTest {
    private static final Pattern GRADIENT = Pattern.compile(".*(_bp|_grad|Grad)");

    private static final ImportRules RULES = ImportRules.standard();

    private static boolean isKnown(String op) {
        return RULES.find(op) != null
                || RULES.refusals().containsKey(op)
                || GRADIENT.matcher(op).matches();
    }

    /** The library has several names for one operation, of which the classes that make graphs write one. */
    @Test
    void whatTheLibraryRegisters() {
        Map<Long, List<String>> names = new HashMap<>();
        Nd4j.getExecutioner().getCustomOperations().forEach((name, descriptor) -> names.computeIfAbsent(
                        descriptor.getHash(), any -> new ArrayList<>())
                .add(name));
        assertThat(names.size()).isGreaterThan(400);
        Set<String> unknown = new TreeSet<>();
        names.values().stream()
                .filter(group -> group.stream().noneMatch(OperationsCoverageTest::isKnown))
                .forEach(unknown::addAll);
        assertThat(unknown).isEmpty();
    }

    @Test
    void whatClassesMake() {
        Set<String> unknown = new TreeSet<>();
        for (String name : ImportClassMapping.getOpNameMapping().keySet()) {
            // A class that is abstract in all but name has none.
            if (name != null && !isKnown(name) && !isSynonym(name)) {
                unknown.add(name);
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** Whether the library knows another name, with a rule, for the same. */
    private static boolean isSynonym(String name) {
        var known = Nd4j.getExecutioner().getCustomOperations();
        var descriptor = known.get(name);
        return descriptor != null
                && known.entrySet().stream()
                        .anyMatch(
                                other -> other.getValue().getHash() == descriptor.getHash() && isKnown(other.getKey()));
    }

    @Test
    void noneHasBoth() {
        Set<String> both = new TreeSet<>(RULES.refusals().keySet());
        both.removeIf(op -> RULES.find(op) == null);
        assertThat(both).isEmpty();
    }
}
