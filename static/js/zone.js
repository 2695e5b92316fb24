// Chooses the time zone of this device where nothing is chosen yet.
for (const select of document.querySelectorAll("select[data-time-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const chosen = select.value === "UTC" && [...select.options].some((one) => one.value === zone);
  if (chosen) select.value = zone;
}
