// Dash loads plotly.js when a graph needs it; this points it to the strict bundle, which a strict policy lets draw WebGL.
Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => "/assets/vendor/plotly-strict.min.js", set() {} });
