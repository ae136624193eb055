package org.curvature4j.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.fuzz.Item.Step;

/**
 * A random graph as data: what is given and what is computed, in order. The last item is the output.
 *
 * @param seed what it was drawn from
 */
record Program(long seed, List<Item> items) {
    Program {
        items = List.copyOf(items);
    }

    Item output() {
        return items.get(items.size() - 1);
    }

    List<Given> given() {
        return items.stream()
                .filter(Given.class::isInstance)
                .map(Given.class::cast)
                .toList();
    }

    List<Step> steps() {
        return items.stream()
                .filter(Step.class::isInstance)
                .map(Step.class::cast)
                .toList();
    }

    /** This program up to an item, without what that doesn't need. */
    Program upTo(int position) {
        Set<String> needed = new HashSet<>(Set.of(items.get(position).name()));
        List<Item> kept = new ArrayList<>();
        for (int i = position; i >= 0; i--) {
            Item item = items.get(i);
            if (needed.contains(item.name())) {
                kept.add(0, item);
                if (item instanceof Step step) {
                    needed.addAll(step.operands());
                }
            }
        }
        return new Program(seed, kept);
    }

    /** This program with another item in one place, without what is no longer needed. */
    Program with(int position, Item item) {
        List<Item> changed = new ArrayList<>(items);
        changed.set(position, item);
        return new Program(seed, changed).upTo(changed.size() - 1);
    }

    /** This program with the uses of one value replaced by another, earlier one. */
    Program replacing(String name, String other) {
        List<Item> changed = new ArrayList<>();
        for (Item item : items) {
            changed.add(
                    item instanceof Step step
                            ? new Step(
                                    step.name(),
                                    step.code(),
                                    step.operands().stream()
                                            .map(operand -> operand.equals(name) ? other : operand)
                                            .toList())
                            : item);
        }
        return new Program(seed, changed).upTo(changed.size() - 1);
    }
}
