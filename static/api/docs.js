// Starts the API reference: Swagger's own file draws it, and only from our description.
window.addEventListener("DOMContentLoaded", () => {
  const spot = document.getElementById("api-reference");
  SwaggerUIBundle({
    url: spot.dataset.schema,
    domNode: spot,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    tryItOutEnabled: true,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    requestInterceptor: (request) => {
      // A signed-in member tries things out as themselves; unsafe calls carry the token of this page.
      request.headers["X-CSRFToken"] = spot.dataset.csrf;
      return request;
    },
  });
});
