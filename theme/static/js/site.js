// Starts each feature by itself, so that one which fails takes no other with it.
for (const name of []) import(`./${name}.js`);
