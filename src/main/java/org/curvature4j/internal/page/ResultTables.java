package org.curvature4j.internal.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.curvature4j.internal.io.Json;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a JSON object, whatever it holds: single values in one, arrays of numbers of one length side by side in
 * another, and each list of objects and each matrix in one of its own. Words in a list are no table: they stand in a cell.
 */
final class ResultTables {
    private final List<TableText> tables = new ArrayList<>();
    private final TableText single = TableText.ofFacts("Single values");

    /** Columns of numbers, by their length. */
    private final Map<Integer, Map<String, List<?>>> columns = new LinkedHashMap<>();

    /** What is still to be looked at, in the order of the JSON; a stack, for it may be nested to any depth. */
    private final Deque<Named> open = new ArrayDeque<>();

    private record Named(String name, @Nullable Object value) {}

    private ResultTables() {}

    static String of(String json) {
        ResultTables all = new ResultTables();
        all.inside(Json.plain(json), "");
        while (!all.open.isEmpty()) {
            Named next = all.open.pop();
            all.add(next.name, next.value);
        }
        List<TableText> found = new ArrayList<>();
        found.add(all.single);
        all.columns.forEach((length, columns) -> {
            if (columns.values().stream().allMatch(TableText::isWords)) {
                columns.forEach((name, words) -> all.single.row(List.of(name, words)));
            } else {
                found.add(sideBySide(length, columns));
            }
        });
        found.addAll(all.tables);
        StringBuilder html = new StringBuilder();
        found.stream().filter(table -> !table.isEmpty()).forEach(table -> html.append(table.html()));
        return html.toString();
    }

    private void add(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            inside(map, name + ".");
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            list(name, list);
        } else {
            single.row(Arrays.asList(name, value instanceof List<?> ? "none" : value));
        }
    }

    private void inside(Map<?, ?> map, String prefix) {
        List<Named> found = new ArrayList<>();
        map.forEach((key, value) -> found.add(new Named(prefix + key, value)));
        first(found);
    }

    private void each(List<?> list, String name) {
        first(IntStream.range(0, list.size())
                .mapToObj(i -> new Named(name + "[" + i + "]", list.get(i)))
                .toList());
    }

    /** Puts these before what is open already. */
    private void first(List<Named> found) {
        for (int i = found.size() - 1; i >= 0; i--) {
            open.push(found.get(i));
        }
    }

    private void list(String name, List<?> list) {
        if (list.stream().allMatch(Map.class::isInstance)) {
            objects(name, list);
        } else if (list.size() <= 2 && TableText.isWords(list)) {
            single.row(List.of(name, list));
        } else if (list.stream().allMatch(List.class::isInstance)) {
            if (list.stream().flatMap(row -> ((List<?>) row).stream()).anyMatch(ResultTables::isNested)) {
                each(list, name);
            } else {
                matrix(name, list);
            }
        } else if (list.stream().noneMatch(ResultTables::isNested) && list.size() > 2) {
            columns.computeIfAbsent(list.size(), any -> new LinkedHashMap<>()).put(name, list);
        } else {
            each(list, name);
        }
    }

    private static boolean isNested(Object value) {
        return value instanceof List<?> || value instanceof Map<?, ?>;
    }

    /** A row for each object; what they hold in lists goes to tables of their own. */
    private void objects(String name, List<?> list) {
        Set<String> keys = new LinkedHashSet<>();
        list.forEach(each -> ((Map<?, ?>) each).forEach((key, value) -> {
            if (!isNested(value) || isShort(value)) {
                keys.add(String.valueOf(key));
            }
        }));
        TableText table = new TableText(name, prefixed("#", keys));
        List<Named> nested = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Map<?, ?> each = (Map<?, ?>) list.get(i);
            List<Object> row = new ArrayList<>(List.of((long) i));
            for (String key : keys) {
                Object value = each.get(key);
                row.add(value == null ? "" : value);
            }
            table.row(row);
            String place = name + "[" + i + "].";
            each.forEach((key, value) -> {
                if (isNested(value) && !keys.contains(String.valueOf(key))) {
                    nested.add(new Named(place + key, value));
                }
            });
        }
        tables.add(table);
        first(nested);
    }

    /** A shape, words and the like, which fit into a cell. */
    private static boolean isShort(Object value) {
        return value instanceof List<?> list
                && (TableText.isWords(list)
                        || (list.size() <= 4 && list.stream().noneMatch(ResultTables::isNested)));
    }

    private void matrix(String name, List<?> rows) {
        int width = rows.stream().mapToInt(row -> ((List<?>) row).size()).max().orElse(0);
        List<String> heads =
                IntStream.range(0, width).mapToObj(Integer::toString).toList();
        TableText table = new TableText(name, prefixed("row", heads));
        for (int i = 0; i < rows.size(); i++) {
            List<Object> row = new ArrayList<>(List.of((long) i));
            row.addAll((List<?>) rows.get(i));
            table.row(row);
        }
        tables.add(table);
    }

    private static TableText sideBySide(int length, Map<String, List<?>> columns) {
        TableText table = new TableText(String.join(", ", columns.keySet()), prefixed("#", columns.keySet()));
        for (int i = 0; i < length; i++) {
            List<Object> row = new ArrayList<>(List.of((long) i));
            for (List<?> column : columns.values()) {
                row.add(column.get(i));
            }
            table.row(row);
        }
        return table;
    }

    private static List<String> prefixed(String first, Iterable<String> others) {
        List<String> heads = new ArrayList<>(List.of(first));
        others.forEach(heads::add);
        return heads;
    }
}
