// The preview behaves as the brand's page will: the frame grows with what it shows.
const frame = document.querySelector("[data-embed-preview]");
addEventListener("message", (event) => {
  const height = event.source === frame?.contentWindow && Number(event.data?.porchlight?.height);
  if (height > 0) frame.height = Math.min(Math.ceil(height), 3000);
});
