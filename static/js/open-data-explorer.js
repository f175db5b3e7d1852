/* Draws the OpenAPI description as a page on which each address can be tried. */
addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("explorer");
  SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    supportedSubmitMethods: ["get", "head"],
    syntaxHighlight: false,
    tryItOutEnabled: true,
    validatorUrl: null,
  });
});
