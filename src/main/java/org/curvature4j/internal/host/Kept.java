package org.curvature4j.internal.host;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was made and may be needed again, by its key: made once however many ask at the same time, and closed when it is
 * dropped and nobody uses it. Safe for several threads.
 */
public final class Kept<K, V extends AutoCloseable> {
    private final int mostIdle;
    /** Those used last come last. */
    private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** @param mostIdle how many are kept that nobody uses; of more, those used longest ago are dropped */
    public Kept(int mostIdle) {
        this.mostIdle = mostIdle;
    }

    private final class Entry {
        private @Nullable V value;
        private int users;
        private boolean dropped;

        /** Made while other keys go on; after a failure the next one tries anew. */
        synchronized V value(Supplier<? extends V> maker) {
            V known = value;
            if (known == null) {
                known = maker.get();
                value = known;
            }
            return known;
        }

        synchronized void close() {
            if (value != null) {
                Resources.of(value).close();
                value = null;
            }
        }
    }

    /** A use of something kept, until it is closed. */
    public final class Lease implements AutoCloseable {
        private final Entry entry;
        private final V value;
        private boolean closed;

        private Lease(Entry entry, V value) {
            this.entry = entry;
            this.value = value;
        }

        public V value() {
            return value;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(entry);
            }
        }
    }

    /** Something to use; close it after use. */
    public Lease lease(K key, Supplier<? extends V> maker) {
        Entry entry;
        synchronized (this) {
            entry = entries.computeIfAbsent(key, absent -> new Entry());
            entry.users++;
        }
        try {
            return new Lease(entry, entry.value(maker));
        } catch (RuntimeException | Error e) {
            release(entry);
            throw e;
        }
    }

    private void release(Entry entry) {
        List<Entry> unused = new ArrayList<>();
        synchronized (this) {
            entry.users--;
            if (entry.dropped && entry.users == 0) {
                unused.add(entry);
            }
            long idle = entries.values().stream().filter(one -> one.users == 0).count();
            for (Iterator<Entry> oldest = entries.values().iterator(); idle > mostIdle && oldest.hasNext(); ) {
                Entry one = oldest.next();
                if (one.users == 0) {
                    oldest.remove();
                    unused.add(one);
                    idle--;
                }
            }
        }
        unused.forEach(Entry::close);
    }

    /** Drops what isn't wanted any more; what is used meanwhile is closed by the last of its users. */
    public void retain(Predicate<K> wanted) {
        List<Entry> unused = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Map.Entry<K, Entry>> all = entries.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<K, Entry> one = all.next();
                if (!wanted.test(one.getKey())) {
                    all.remove();
                    one.getValue().dropped = true;
                    if (one.getValue().users == 0) {
                        unused.add(one.getValue());
                    }
                }
            }
        }
        unused.forEach(Entry::close);
    }
}
