/**
 * What is typed and not yet acknowledged, in the browser: one small table, a row per update.
 * A row says whose it is, of which text, and its key; it goes as soon as the server has it.
 */
const DATABASE = "live";
const TABLE = "updates";
const DAYS_MS = 30 * 24 * 3600 * 1000;

const done = (request) => new Promise((resolve, reject) => {
  request.addEventListener("success", () => resolve(request.result));
  request.addEventListener("error", () => reject(request.error));
});

async function open() {
  const asked = indexedDB.open(DATABASE, 1);
  asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore(TABLE, { keyPath: "key" }));
  const db = await done(asked);
  // Signing out in another tab deletes the whole: do not stand in its way.
  db.addEventListener("versionchange", () => db.close());
  return db;
}

/** A store that keeps nothing: for texts that may not stay in a browser. */
const nowhere = { isKept: false, put: async () => {}, drop: async () => {}, all: async () => [] };

/** owner: the document and the seat that writes. Only its own rows are seen. */
export async function openStore(owner, mayKeep) {
  if (!mayKeep) return nowhere;
  let db;
  try {
    db = await open();
  } catch {
    return nowhere;
  }
  const table = (mode) => db.transaction(TABLE, mode, { durability: "relaxed" }).objectStore(TABLE);
  const store = {
    isKept: true,
    async put(row) {
      try {
        await done(table("readwrite").put({ ...row, owner, key: `${owner} ${row.id}`, at: Date.now() }));
      } catch {
        store.isKept = false; // full, forbidden or signed out elsewhere: the page still has it
      }
    },
    async drop(id) {
      try { await done(table("readwrite").delete(`${owner} ${id}`)); } catch { /* it is sent once more, which is free */ }
    },
    async all() {
      try {
        const rows = await done(table("readonly").getAll());
        for (const row of rows) if (row.at < Date.now() - DAYS_MS) await done(table("readwrite").delete(row.key));
        return rows.filter((row) => row.owner === owner).sort((a, b) => a.at - b.at || a.counter - b.counter);
      } catch {
        return [];
      }
    },
  };
  return store;
}
