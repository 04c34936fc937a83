// Front matter is checked by the schemas that `tearsheet init --editors` writes. Once for all:
//   npm install --save-dev remark-cli remark-frontmatter remark-lint-frontmatter-schema
// Then `npx remark content` checks all files, and editors with remark check the one that is open.
import frontmatter from "remark-frontmatter";
import schema from "remark-lint-frontmatter-schema";

const schemas = {
  "./.schemas/article.json": ["./content/articles/**/*.md"],
  "./.schemas/company.json": ["./content/companies/*.md"],
  "./.schemas/partnership.json": ["./content/partnerships/*.md"],
  "./.schemas/source.json": ["./content/sources/*.md"],
  "./.schemas/page.json": ["./content/pages/*.md"],
};

export default { plugins: [frontmatter, [schema, { schemas }]] };
