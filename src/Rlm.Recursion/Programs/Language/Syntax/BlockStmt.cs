using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Several statements where the parser makes one line of source into more, such as <c>import a, b</c>.</summary>
internal static class BlockStmt
{
    public static Stmt Of(IReadOnlyList<Stmt> statements, int line) => statements.Count == 1 ? statements[0] : new Block(statements, line);
}
