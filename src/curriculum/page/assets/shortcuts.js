"use strict";
// Keys for quick work in step 5. They can be switched off, and do nothing while a person writes in a field.

const isWriting = (element) => element.closest?.("input:not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea, [contenteditable]");

const keyToDeed = (key) => ({
  n: () => stepCard(1),
  p: () => stepCard(-1),
  u: () => moveInTime(undoAnswer),
  r: () => moveInTime(redoAnswer),
  c: () => byId("other-codes")?.focus(),
})[key];

/** Listen for the keys. */
const addShortcuts = () => {
  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isPlain || !byId("uses-keys").checked || byId("step-decide").hidden || isWriting(event.target)) return;
    // The rest of the page keeps its own keys.
    if (event.target !== document.body && !byId("decide").contains(event.target)) return;
    const key = event.key.toLowerCase();
    const way = [...document.querySelectorAll("#card .way")].find((button) => button.querySelector("kbd").textContent.toLowerCase() === key);
    const deed = keyToDeed(key) ?? (way && (() => way.click()));
    if (!deed) return;
    event.preventDefault();
    deed();
  });
};
