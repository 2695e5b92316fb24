// Shows what works with JavaScript only; without it nobody meets a button that does nothing.
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
