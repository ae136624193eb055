package org.curvature4j.internal.gpu;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.host.Resources;
import org.jspecify.annotations.Nullable;

/**
 * The code that is loaded on a device. Each text of PTX is assembled and loaded once, whoever asks; what nobody holds any
 * more is unloaded when the next kernel is asked for. Safe for several threads, which wait for each other only where they
 * want the same text.
 */
final class Modules {
    private final Device device;
    private final Optional<CodeFiles> files;
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
    private final ReferenceQueue<Module> dropped = new ReferenceQueue<>();

    /** @param files machine code of earlier runs, if any is kept */
    Modules(Device device, Optional<CodeFiles> files) {
        this.device = device;
        this.files = files;
    }

    private static final class Loaded extends WeakReference<Module> {
        private final String key;
        private final long handle;

        Loaded(String key, Module module, ReferenceQueue<Module> dropped) {
            super(module, dropped);
            this.key = key;
            this.handle = module.handle();
        }
    }

    /** The code of a text. */
    Module of(String ptx) {
        unloadDropped();
        Module[] held = new Module[1];
        loaded.compute(CodeFiles.key(ptx, device.kind()), (key, before) -> {
            @Nullable Module there = before == null ? null : before.get();
            if (before != null && there != null) {
                held[0] = there;
                return before;
            }
            held[0] = new Module(load(key, ptx));
            return new Loaded(key, held[0], dropped);
        });
        return held[0];
    }

    private long load(String key, String ptx) {
        Optional<byte[]> kept = files.flatMap(all -> all.read(key));
        if (kept.isPresent()) {
            try {
                return device.ask(driver -> driver.loadModule(kept.get()));
            } catch (DriverException e) {
                if (e.isLost() || e.isOutOfMemory()) {
                    throw e;
                }
                // Refused, although it is what was written: another driver's. It is made anew.
            }
        }
        byte[] code = device.ask(driver -> driver.assemble(ptx));
        long handle = device.ask(driver -> driver.loadModule(code));
        files.ifPresent(all -> all.write(key, code));
        return handle;
    }

    private void unloadDropped() {
        for (Reference<? extends Module> each = dropped.poll(); each != null; each = dropped.poll()) {
            Loaded gone = (Loaded) each;
            loaded.remove(gone.key, gone);
            try {
                device.run(driver -> driver.unloadModule(gone.handle));
            } catch (DriverException e) {
                // Nobody waits for this. If the device is lost, whatever it is asked next will say so.
            }
        }
    }

    /** Unloads everything; nobody may use any of it. */
    void unloadAll() {
        Resources all = new Resources();
        loaded.values().forEach(each -> all.add(() -> device.release(driver -> driver.unloadModule(each.handle))));
        loaded.clear();
        all.close();
    }
}
